/// A string of a JSON text: where its bytes stand between the quotation marks.
struct JSONString {
  let start: Int
  let end: Int
  /// True when it holds a backslash, so that its value is not the bytes as they stand.
  let isEscaped: Bool
}

/// A number of a JSON text: where its bytes stand.
struct JSONNumber {
  let start: Int
  let end: Int
  /// True when it has neither a fraction nor an exponent.
  let isInteger: Bool
}

/// A value as the reader found it: it stays in the text until somebody wants it.
enum JSONToken {
  case string(JSONString)
  case number(JSONNumber)
  /// An array or an object, or one of `true`, `false` and `null`: where its bytes begin.
  case other(start: Int)
}
