/// Why a token, or a body that carries tokens, was not accepted.
///
/// The cases can be matched without reading text. Nothing of a token but the values of `iss` and
/// `aud` that were not expected is carried along, and those stay out of ``description``.
@nonexhaustive
public enum TokenError: Error, Sendable {
  /// No credentials at all: the challenge is a bare `Bearer` (RFC 6750 §3.1).
  case missing
  /// The bytes are not a well-formed token; the associated value says what is wrong.
  case malformed(Malformation)
  /// The header demands what this package refuses: the name of the parameter (RFC 8725 §3.1,
  /// RFC 7515 §4.1.11).
  case unsupportedHeader(String)
  /// The header's `typ` is not the expected media type (RFC 8725 §3.11).
  case wrongType(expected: String)
  /// No key of the ring has the header's `kid`, or there is none.
  case unknownKey
  /// The signature is not that of the key the header names.
  case badSignature
  /// The token is authentic and its claims are not as they must be: every failure, in the order of
  /// the claims.
  case invalidClaims([ClaimFailure])

  /// True when an expired `exp` is all that is wrong.
  public var isExpired: Bool {
    if case .invalidClaims(let failures) = self, failures.count == 1,
      case .expired = failures[0].problem
    {
      return true
    }
    return false
  }

  /// What of a token's form is broken.
  @nonexhaustive
  public enum Malformation: Sendable, Hashable {
    /// More than 16 KiB, or a header of more than 1 KiB, encoded.
    case tooLarge
    /// Not exactly three parts, or not exactly one token.
    case parts
    /// A part that is not canonical, unpadded base64url.
    case base64
    /// A header that is no JSON object, or a parameter of the wrong kind.
    case header
    /// A payload or body that is no JSON object in strict UTF-8, or nests deeper than 32.
    case json
    /// A member name that stands twice in one object.
    case duplicateName
    /// A signature that is not 32 bytes.
    case signatureLength
  }
}

extension TokenError {
  /// The error of a payload or a body that isn't acceptable JSON.
  init(_ error: JSONError) {
    self = .malformed(error == .duplicateName ? .duplicateName : .json)
  }
}

extension TokenError: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .missing: "missing"
    case .malformed(let malformation): ["malformed", .text(malformation.text)]
    case .unsupportedHeader(let name): ["unsupportedHeader", .text(name)]
    case .wrongType(let type): ["wrongType", .text(type)]
    case .unknownKey: "unknownKey"
    case .badSignature: "badSignature"
    case .invalidClaims(let failures):
      ["invalidClaims", .list(failures.map { $0.content })]
    }
  }
}

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
