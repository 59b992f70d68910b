extension Refusal: Hashable {
  /// True when both are the same case with equal values, texts by their bytes.
  public static func == (a: Refusal, b: Refusal) -> Bool {
    switch (a, b) {
    case (.wrongToken(let a), .wrongToken(let b)): a.hasSameBytes(as: b)
    case (.revoked(let a), .revoked(let b)): a == b
    case (.windowClosed(let a), .windowClosed(let b)): a == b
    case (.reuseDetected(let a, let aAge), .reuseDetected(let b, let bAge)): a == b && aAge == bAge
    case (.malformed, _), (.badSignature, _), (.unknownKey, _), (.wrongToken, _),
      (.unknownSession, _), (.bindingMismatch, _), (.revoked, _), (.clockSkew, _),
      (.windowClosed, _), (.superseded, _), (.reuseDetected, _), (.expired, _),
      (.signedInBefore, _):
      a.code == b.code
    }
  }

  /// Feeds the code and what the refusal is about to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    switch self {
    case .wrongToken(let field):
      field.hashBytes(into: &hasher)
    case .revoked(let reason):
      hasher.combine(reason)
    case .windowClosed(let bound):
      hasher.combine(bound)
    case .reuseDetected(let generationCount, let age):
      hasher.combine(generationCount)
      hasher.combine(age)
    case .malformed, .badSignature, .unknownKey, .unknownSession, .bindingMismatch, .clockSkew,
      .superseded, .expired, .signedInBefore:
      break
    }
  }
}
