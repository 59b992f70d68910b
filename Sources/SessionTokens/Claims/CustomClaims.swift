/// Claims of the host's own, beside those that this package gives a meaning.
///
/// Reserved are the registered names of RFC 7519 §4.1 (`iss`, `sub`, `aud`, `exp`, `nbf`, `iat`,
/// `jti`) and those that tie a token to its session (`sid`, `auth_time`, `client_id`, `gen`). The
/// claims take at most 8,192 bytes as JSON, nest at most 31 levels deep, and hold no infinite
/// number. Claims made by ``init(_:)`` were checked, and signing them cannot fail. Those read from a token
/// are kept as they came and checked when they are to be signed: ``SessionAuthority`` then throws, or
/// refuses with ``Refusal/unusableClaims``.
public struct CustomClaims: Sendable {
  /// The most bytes the members may take as JSON.
  static let maximumByteCount = 8_192

  /// No claims.
  public static var none: CustomClaims { CustomClaims(checked: JSONObject()) }

  /// The claims in their order.
  public let members: JSONObject

  private let isChecked: Bool

  /// Makes claims of an object's members.
  ///
  /// - Throws: ``ClaimsError/reservedName(_:)``, ``ClaimsError/duplicateName(_:)`` or
  ///   ``ClaimsError/tooDeep``, ``ClaimsError/notFinite(_:)``, ``ClaimsError/tooLarge(bytes:)``:
  ///   the first that holds, in this order.
  public init(_ members: JSONObject) throws(ClaimsError) {
    self.init(checked: members)
    try Self.check(members)
  }

  /// Keeps what a token brought.
  init(unchecked members: JSONObject) {
    self.members = members
    isChecked = false
  }

  private init(checked members: JSONObject) {
    self.members = members
    isChecked = true
  }

  /// The value of the claim with that name.
  public subscript(name: String) -> JSONValue? {
    members[name]
  }

  /// Demands that the claims can be signed into a session's tokens.
  func requireSignable() throws(ClaimsError) {
    if !isChecked { try Self.check(members) }
  }

  /// True when the claims can be signed into a session's tokens.
  var isSignable: Bool { (try? requireSignable()) != nil }

  private static func check(_ members: JSONObject) throws(ClaimsError) {
    for member in members where ClaimName(rawValue: member.name) != nil {
      throw .reservedName(member.name)
    }
    try members.checkNames()
    try members.checkValues()
    let byteCount = members.encodedCount
    guard byteCount <= maximumByteCount else { throw .tooLarge(bytes: byteCount) }
  }
}

extension CustomClaims: Hashable {
  /// True when both have the same members in the same order, strings by their bytes.
  public static func == (a: CustomClaims, b: CustomClaims) -> Bool {
    a.members == b.members
  }

  /// Feeds the members to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(members)
  }
}
