#if !$Embedded
  extension TokenError {
    /// What a failed decoding of claims is called.
    init(decoding error: any Error) {
      var failure = ClaimFailure(claim: "", problem: .malformed)
      switch error {
      case DecodingError.keyNotFound(let key, let context):
        failure = ClaimFailure(claim: (context.codingPath + [key]).dotted, problem: .missing)
      case DecodingError.valueNotFound(_, let context):
        failure = ClaimFailure(claim: context.codingPath.dotted, problem: .missing)
      case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context):
        failure = ClaimFailure(claim: context.codingPath.dotted, problem: .malformed)
      default: break
      }
      self = .invalidClaims([failure])
    }
  }

  extension [any CodingKey] {
    fileprivate var dotted: String { map(\.stringValue).joined(separator: ".") }
  }
#endif
