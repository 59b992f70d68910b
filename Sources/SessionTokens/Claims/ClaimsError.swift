/// Why claims cannot be put into a token.
@nonexhaustive
public enum ClaimsError: Error, Sendable {
  /// The name is that of a registered claim, or in ``CustomClaims`` of one that ties a token to its session.
  case reservedName(String)
  /// The name stands twice in one object, at any depth.
  case duplicateName(String)
  /// The text is too large; `bytes` is its size, or an upper bound of it.
  ///
  /// Custom claims take at most 8,192 bytes as JSON, a subject or client ID 1,024, a token 16 KiB and
  /// its encoded header 1 KiB.
  case tooLarge(bytes: Int)
  /// Arrays and objects nest deeper than 31 levels inside the claims.
  case tooDeep
  /// The value of the named claim, or something in it, is infinite or not a number.
  case notFinite(String)
  /// The value of the named claim, or something in it, has no JSON form that reads back as it is.
  ///
  /// It is a whole number beyond `Int64`, or what its own type does not encode.
  case notEncodable(String)
  /// The value to encode is not an object.
  case notAnObject
  /// The named header parameter, `typ`, cannot be read back: it contains U+0000.
  case invalidHeader(String)
  /// The named value is empty and must not be.
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
