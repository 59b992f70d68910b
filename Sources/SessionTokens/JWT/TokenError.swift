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

extension TokenError: Hashable {
  /// True when both are the same case with equal values, texts by their bytes.
  public static func == (a: TokenError, b: TokenError) -> Bool {
    switch (a, b) {
    case (.missing, .missing), (.unknownKey, .unknownKey), (.badSignature, .badSignature): true
    case (.malformed(let a), .malformed(let b)): a == b
    case (.unsupportedHeader(let a), .unsupportedHeader(let b)),
      (.wrongType(let a), .wrongType(let b)):
      a.hasSameBytes(as: b)
    case (.invalidClaims(let a), .invalidClaims(let b)): a == b
    case (.missing, _), (.malformed, _), (.unsupportedHeader, _), (.wrongType, _),
      (.unknownKey, _), (.badSignature, _), (.invalidClaims, _):
      false
    }
  }

  /// Feeds the case and what it is about to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .missing:
      hasher.combine(0)
    case .malformed(let malformation):
      hasher.combine(1)
      hasher.combine(malformation)
    case .unsupportedHeader(let name):
      hasher.combine(2)
      name.hashBytes(into: &hasher)
    case .wrongType(let type):
      hasher.combine(3)
      type.hashBytes(into: &hasher)
    case .unknownKey:
      hasher.combine(4)
    case .badSignature:
      hasher.combine(5)
    case .invalidClaims(let failures):
      hasher.combine(6)
      hasher.combine(failures)
    }
  }
}
