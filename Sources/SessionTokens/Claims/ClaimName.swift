// SPDX-License-Identifier: Apache-2.0

/// The names of the claims that this package interprets.
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

  /// True for a registered claim, RFC 7519 §4.1.
  var isRegistered: Bool {
    switch self {
    case .issuer, .subject, .audience, .expiresAt, .notBefore, .issuedAt, .id: true
    case .sessionID, .authenticatedAt, .clientID, .generation: false
    }
  }

  /// The maximum number of bytes of an object with every claim, without the strings that a caller passes.
  ///
  /// A name takes quotation marks, a colon and a comma. The values are the brackets of an audience, four
  /// dates, two identifiers in quotation marks, and an `Int64`.
  static let maximumEncodedCount =
    allCases.reduce(2) { $0 + $1.rawValue.utf8.count + 4 } + 2 + 4 * 12 + 2 * 24 + 20

  /// Creates the claim with the name of a member; `nil` for a name that isn't in this list.
  init?(_ name: JSONString, in bytes: Span<UInt8>) {
    if name.isEscaped {
      self.init(rawValue: name.value(in: bytes))
    } else {
      self.init(bytes.extracting(name.start..<name.end))
    }
  }

  /// Creates the claim with the given name, compared by its bytes.
  init?(rawValue name: String) {
    guard let claim = name.utf8.withSpan({ ClaimName($0) }) else { return nil }
    self = claim
  }

  private init?(_ name: Span<UInt8>) {
    switch name.count {
    case 3: self.init(name[0], name[1], name[2])
    case 9 where Self.authenticatedAt.rawValue.hasBytes(name): self = .authenticatedAt
    case 9 where Self.clientID.rawValue.hasBytes(name): self = .clientID
    default: return nil
    }
  }

  private init?(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    switch (first, second, third) {
    case (UInt8(ascii: "i"), UInt8(ascii: "s"), UInt8(ascii: "s")): self = .issuer
    case (UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "b")): self = .subject
    case (UInt8(ascii: "a"), UInt8(ascii: "u"), UInt8(ascii: "d")): self = .audience
    case (UInt8(ascii: "e"), UInt8(ascii: "x"), UInt8(ascii: "p")): self = .expiresAt
    case (UInt8(ascii: "n"), UInt8(ascii: "b"), UInt8(ascii: "f")): self = .notBefore
    case (UInt8(ascii: "i"), UInt8(ascii: "a"), UInt8(ascii: "t")): self = .issuedAt
    case (UInt8(ascii: "j"), UInt8(ascii: "t"), UInt8(ascii: "i")): self = .id
    case (UInt8(ascii: "s"), UInt8(ascii: "i"), UInt8(ascii: "d")): self = .sessionID
    case (UInt8(ascii: "g"), UInt8(ascii: "e"), UInt8(ascii: "n")): self = .generation
    default: return nil
    }
  }
}
