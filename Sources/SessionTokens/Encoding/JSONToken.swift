/// A value as the reader found it: it stays in the text until somebody wants it.
enum JSONToken {
  case string(JSONString)
  case number(JSONNumber)
  /// An array or an object, one of `true`, `false` and `null`, or, where values are only stepped over,
  /// a string with a lone surrogate: where its bytes begin.
  case other(start: Int)

  /// True for `null`.
  func isNull(in bytes: Span<UInt8>) -> Bool {
    if case .other(let start) = self { bytes[start] == UInt8(ascii: "n") } else { false }
  }
}
