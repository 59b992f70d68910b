/// The claims that this package gives a meaning, and their names.
enum ClaimName: String, CaseIterable {
  case issuer = "iss"
  case subject = "sub"
  case audience = "aud"
  case expiresAt = "exp"
  case notBefore = "nbf"
  case issuedAt = "iat"
  case id = "jti"
  case sessionID = "sid"
  case authenticatedAt = "auth_time"
  case clientID = "client_id"
  case generation = "gen"

  /// True for the claims of RFC 7519 §4.1.
  var isRegistered: Bool {
    switch self {
    case .issuer, .subject, .audience, .expiresAt, .notBefore, .issuedAt, .id: true
    case .sessionID, .authenticatedAt, .clientID, .generation: false
    }
  }

  /// The claim that a member of a payload is; `nil` for one without a meaning here.
  init?(_ name: JSONString, in bytes: Span<UInt8>) {
    if name.isEscaped {
      self.init(rawValue: name.value(in: bytes))
    } else {
      self.init(bytes.extracting(name.start..<name.end))
    }
  }

  /// The claim of that name, compared by its bytes.
  init?(rawValue name: String) {
    guard let claim = name.utf8.withSpan({ ClaimName($0) }) else { return nil }
    self = claim
  }

  private init?(_ name: Span<UInt8>) {
    guard let candidate = Self.candidate(for: name), candidate.rawValue.hasBytes(name) else {
      return nil
    }
    self = candidate
  }

  /// The only claim that could have this name, told by its length and two letters.
  private static func candidate(for name: Span<UInt8>) -> ClaimName? {
    guard name.count == 3 || name.count == 9 else { return nil }
    switch (name.count, name[0], name[1]) {
    case (3, UInt8(ascii: "i"), UInt8(ascii: "s")): return .issuer
    case (3, UInt8(ascii: "i"), _): return .issuedAt
    case (3, UInt8(ascii: "s"), UInt8(ascii: "u")): return .subject
    case (3, UInt8(ascii: "s"), _): return .sessionID
    case (3, UInt8(ascii: "a"), _): return .audience
    case (3, UInt8(ascii: "e"), _): return .expiresAt
    case (3, UInt8(ascii: "n"), _): return .notBefore
    case (3, UInt8(ascii: "j"), _): return .id
    case (3, UInt8(ascii: "g"), _): return .generation
    case (9, UInt8(ascii: "a"), _): return .authenticatedAt
    case (9, UInt8(ascii: "c"), _): return .clientID
    default: return nil
    }
  }
}
