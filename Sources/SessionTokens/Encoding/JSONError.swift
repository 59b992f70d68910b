/// Why bytes are not a JSON text that this package takes (RFC 8259, RFC 7493).
enum JSONError: Error, Hashable {
  /// Not JSON: also invalid UTF-8, a byte order mark, or a lone surrogate.
  case syntax
  /// A member name stands twice in one object, perhaps spelled with escapes.
  case duplicateName
  /// Arrays and objects nest deeper than ``JSONReader/maximumDepth``.
  case tooDeep
  /// A number too large for a double, or, where that is asked for, a whole one beyond `Int64`.
  case numberOutOfRange
}
