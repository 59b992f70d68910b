/// A value as the reader found it: it stays in the text until somebody wants it.
enum JSONToken {
  case string(JSONString)
  case number(JSONNumber)
  /// An array or an object, or one of `true`, `false` and `null`: where its bytes begin.
  case other(start: Int)
}
