/// A number of a JSON text: where its bytes stand.
struct JSONNumber {
  let start: Int
  let end: Int
  /// True when it has neither a fraction nor an exponent.
  let isInteger: Bool
}
