/// Why claims cannot be put into a token.
@nonexhaustive
public enum ClaimsError: Error, Hashable, Sendable {
  /// The name belongs to a registered claim or to the session.
  case reservedName(String)
  /// The name stands twice in one object, at any depth.
  case duplicateName(String)
  /// The text is too large; `bytes` is its size.
  case tooLarge(bytes: Int)
  /// Arrays and objects nest deeper than 31 levels inside the claims.
  case tooDeep
  /// The value of the named claim, or something in it, is infinite or not a number.
  case notFinite(String)
  /// The value to encode is not an object.
  case notAnObject
  /// The named header parameter, `typ` or `kid`, cannot be read back: it holds U+0000.
  case invalidHeader(String)
  /// The named value is empty and must not be.
  case empty(String)
}
