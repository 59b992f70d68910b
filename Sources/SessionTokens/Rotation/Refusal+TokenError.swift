extension Refusal {
  /// What a token's error is called at the refresh endpoint.
  init(_ error: TokenError) {
    switch error {
    case .missing, .malformed, .unsupportedHeader: self = .malformed
    case .wrongType: self = .wrongToken(field: "typ")
    case .unknownKey: self = .unknownKey
    case .badSignature: self = .badSignature
    case .invalidClaims(let failures):
      let mismatch = failures.first { failure in
        if case .mismatch = failure.problem { true } else { false }
      }
      self = mismatch.map { .wrongToken(field: $0.claim) } ?? .malformed
    }
  }
}
