/// Values of which no two may be equal, and texts that only differ in their bytes.
enum Distinct {
  /// "é" as one scalar and as two: one `String` to `==`, two to a verifier.
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  /// The pairs of values that are taken for each other, or not for themselves made again, by `==`
  /// or by their hash.
  static func confusions<Value: Hashable>(_ values: () -> [Value]) -> [String] {
    let (once, again) = (values(), values())
    return once.indices.flatMap { row in
      again.indices.compactMap { column in
        let (a, b) = (once[row], again[column])
        let isRight = (a == b) == (row == column) && (a.hashValue == b.hashValue) == (row == column)
        return isRight ? nil : "\(row), \(column)"
      }
    }
  }
}
