/// A string of a JSON text: where its bytes stand between the quotation marks.
struct JSONString {
  let start: Int
  let end: Int
  /// True when it holds a backslash, so that its value is not the bytes as they stand.
  let isEscaped: Bool
}
