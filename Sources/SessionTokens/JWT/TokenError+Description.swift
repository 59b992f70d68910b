extension TokenError: CustomStringConvertible {
  /// A stable snake_case name for logs and metrics.
  ///
  /// One of `missing`, `malformed`, `unsupported_header`, `wrong_type`, `unknown_key`,
  /// `bad_signature`, `expired` when ``isExpired``, and else `invalid_claims`.
  public var code: String {
    switch self {
    case .missing: "missing"
    case .malformed: "malformed"
    case .unsupportedHeader: "unsupported_header"
    case .wrongType: "wrong_type"
    case .unknownKey: "unknown_key"
    case .badSignature: "bad_signature"
    case .invalidClaims: isExpired ? "expired" : "invalid_claims"
    }
  }

  /// A sentence for logs, free of anything that the token carries but the names of claims.
  public var description: String {
    switch self {
    case .missing: "no bearer token"
    case .malformed(let malformation): "malformed token: \(malformation.text)"
    case .unsupportedHeader(let name): "unsupported header parameter \(name)"
    case .wrongType(let expected): "the token's type is not \(expected)"
    case .unknownKey: "no key has the token's key ID"
    case .badSignature: "the signature does not match"
    case .invalidClaims(let failures): failures.map { $0.text }.joined(separator: ", ")
    }
  }

  /// The value of the `WWW-Authenticate` field of a 401 (RFC 6750 §3).
  ///
  /// For ``missing`` it is a bare `Bearer` (RFC 6750 §3.1), and else
  /// `Bearer error="invalid_token", error_description="…"`, printable ASCII throughout.
  public var challenge: String {
    if case .missing = self { return "Bearer" }
    let text = String(decoding: description.utf8.map { $0.inQuotedString }, as: UTF8.self)
    return "Bearer error=\"invalid_token\", error_description=\"\(text)\""
  }
}

extension UInt8 {
  /// The byte, or a question mark for one that RFC 6750 §3 does not allow in a description.
  fileprivate var inQuotedString: UInt8 {
    switch self {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0...0x1f, 0x7f...0xff: UInt8(ascii: "?")
    default: self
    }
  }
}

extension TokenError.Malformation {
  fileprivate var text: String {
    switch self {
    case .tooLarge: "too large"
    case .parts: "not three parts"
    case .base64: "not canonical base64url"
    case .header: "not a header"
    case .json: "not a JSON object"
    case .duplicateName: "a member name stands twice"
    case .signatureLength: "the signature is not 32 bytes"
    }
  }
}

extension ClaimFailure {
  /// The name where it is short, printable ASCII; a path into custom claims can be any text.
  private var printableName: String {
    1...64 ~= claim.utf8.count && claim.utf8.allSatisfy { 0x21...0x7e ~= $0 } ? claim : "a claim"
  }

  fileprivate var text: String {
    let name = printableName
    return switch problem {
    case .missing: "\(name) is missing"
    case .malformed: "\(name) is malformed"
    case .expired(let ago): "\(name) passed \(ago.clampedSeconds) s ago"
    case .notYetValid(let ahead): "\(name) is \(ahead.clampedSeconds) s ahead"
    case .issuedInFuture(let ahead): "\(name) is \(ahead.clampedSeconds) s ahead"
    case .mismatch: "\(name) is not as expected"
    }
  }
}
