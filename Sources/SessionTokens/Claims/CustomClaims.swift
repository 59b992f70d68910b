// SPDX-License-Identifier: Apache-2.0

// Claims that this package doesn't interpret, and the content that it refuses in them.
//
//   JWT of any kind   the seven registered names of RFC 7519 §4.1
//   session tokens    those, `sid`, `auth_time`, `client_id`, `gen`, and more than 8,192 bytes
//   both              a name that appears twice in one object, numbers that aren't finite, and nesting beyond
//                     the 32 levels that the reader accepts, of which the claims are the first

/// The application's own claims in session tokens, such as a user's roles.
///
/// A value is checked when it is created, so it can't make a later call fail. To carry claims over from
/// another token, create them from its ``Claims/custom`` or ``AccessToken/custom``.
public struct CustomClaims: Sendable, Equatable {
  /// The maximum number of bytes of the members as JSON.
  static let maximumByteCount = 8_192

  /// A value without claims.
  public static var empty: CustomClaims { CustomClaims(checked: JSONObject()) }

  /// The claims in their order.
  public let members: JSONObject

  /// Creates claims from an object's members.
  ///
  /// - Parameter members: Claims with names other than the registered ones of RFC 7519 §4.1 (`iss`, `sub`,
  ///   `aud`, `exp`, `nbf`, `iat`, `jti`) and those that tie a token to its session (`sid`, `auth_time`,
  ///   `client_id`, `gen`). The members take at most 8,192 bytes as JSON, without the enclosing braces, and
  ///   their values nest at most 31 levels deep.
  /// - Throws: The first that applies, in this order: ``ClaimsError/reservedName(_:)``,
  ///   ``ClaimsError/duplicateName(_:)`` or ``ClaimsError/tooDeep``, ``ClaimsError/notFinite(_:)``,
  ///   ``ClaimsError/tooLarge(bytes:)``.
  public init(_ members: JSONObject) throws(ClaimsError) {
    try members.checkAsClaims { _ in true }
    let byteCount = members.encodedCount
    guard byteCount <= Self.maximumByteCount else { throw .tooLarge(bytes: byteCount) }
    self.init(checked: members)
  }

  private init(checked members: JSONObject) { self.members = members }

  /// The value of the claim with the given name; `nil` when there is none.
  public subscript(name: String) -> JSONValue? { members[name] }
}

// MARK: - Rules of all claims

extension JSONObject {
  /// Checks that a token can carry the members beside its own claims, and that they read back unchanged.
  ///
  /// - Throws: The first that applies, in this order: ``ClaimsError/reservedName(_:)``,
  ///   ``ClaimsError/duplicateName(_:)`` or ``ClaimsError/tooDeep``, ``ClaimsError/notFinite(_:)``.
  func checkAsClaims(isReserved: (ClaimName) -> Bool) throws(ClaimsError) {
    for index in indices {
      let name = self[index].name
      if let claim = ClaimName(rawValue: name), isReserved(claim) { throw .reservedName(name) }
    }
    if let name = try check(depth: 1) { throw .notFinite(name) }
  }

  /// Checks the names of the members and of all objects inside; throws for a depth beyond the maximum.
  ///
  /// - Returns: The name of the first member with a number that isn't finite; `nil` when all numbers are.
  fileprivate func check(depth: Int) throws(ClaimsError) -> String? {
    guard depth <= JSONReader.maximumDepth else { throw .tooDeep }
    if let name = duplicateName { throw .duplicateName(name) }
    var notFinite: String?
    for index in indices {
      let member = self[index]
      if try !member.value.isFinite(depth: depth + 1) { notFinite = notFinite ?? member.name }
    }
    return notFinite
  }
}

extension JSONValue {
  /// Returns true when all numbers are finite; throws as `JSONObject.check(depth:)` does.
  fileprivate func isFinite(depth: Int) throws(ClaimsError) -> Bool {
    switch self {
    case .null, .bool, .integer, .string:
      return true
    case .double(let value):
      return value.isFinite
    case .array(let elements):
      guard depth <= JSONReader.maximumDepth else { throw .tooDeep }
      var isFinite = true
      for element in elements where try !element.isFinite(depth: depth + 1) { isFinite = false }
      return isFinite
    case .object(let members):
      return try members.check(depth: depth) == nil
    }
  }
}
