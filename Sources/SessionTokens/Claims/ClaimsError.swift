// SPDX-License-Identifier: Apache-2.0

/// The reason that claims can't be encoded in a token.
@nonexhaustive
public enum ClaimsError: Error, Sendable {
  /// The name is that of a registered claim or, in ``CustomClaims``, of one that ties a token to its session.
  case reservedName(String)
  /// The name appears twice in one object, at any depth.
  case duplicateName(String)
  /// The text is too large; `bytes` is its size, or an upper bound on it.
  ///
  /// The maximum is 8,192 bytes for custom claims as JSON, 1,024 for a subject or client ID, 16 KiB for a
  /// token, and 1 KiB for its encoded header.
  case tooLarge(bytes: Int)
  /// Arrays and objects nest deeper than 31 levels inside the claims.
  case tooDeep
  /// The value of the named claim, or a value inside it, is infinite or not a number.
  case notFinite(String)
  /// The value of the named claim, or a value inside it, has no JSON form that reads back unchanged.
  ///
  /// It is a whole number beyond `Int64`, or a value that the encoder refuses.
  case notEncodable(String)
  /// The value to encode isn't an object.
  case notAnObject
  /// The named header parameter, such as `typ`, can't be read back: it contains U+0000.
  case invalidHeader(String)
  /// The named value is empty but must not be.
  case empty(String)
}

extension ClaimsError: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .reservedName(let name): ["reservedName", .text(name)]
    case .duplicateName(let name): ["duplicateName", .text(name)]
    case .tooLarge(let byteCount): ["tooLarge", .number(Int64(byteCount))]
    case .tooDeep: "tooDeep"
    case .notFinite(let name): ["notFinite", .text(name)]
    case .notEncodable(let name): ["notEncodable", .text(name)]
    case .notAnObject: "notAnObject"
    case .invalidHeader(let name): ["invalidHeader", .text(name)]
    case .empty(let name): ["empty", .text(name)]
    }
  }
}
