// SPDX-License-Identifier: Apache-2.0

/// Values of which no two may be equal, and texts that only differ in their bytes.
enum Distinct {
  /// "é" as one scalar and as two: one `String` to `==`, two to a verifier.
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  /// The pairs of different values that `==` or the hash confuses, and of equal ones that either
  /// tells apart.
  static func confusions<Value: Hashable>(_ values: () -> [Value]) -> [String] {
    confusions(values) { (a: Value, b: Value) in
      (a == b) == (a.hashValue == b.hashValue) ? a == b : nil
    }
  }

  /// The pairs of different values that `==` confuses, and of equal ones that it tells apart.
  static func confusions<Value: Equatable>(_ values: () -> [Value]) -> [String] {
    confusions(values) { $0 == $1 }
  }

  private static func confusions<Value>(
    _ values: () -> [Value], _ isSame: (Value, Value) -> Bool?
  ) -> [String] {
    let (once, again) = (values(), values())
    return once.indices.flatMap { row in
      again.indices.compactMap { column in
        isSame(once[row], again[column]) == (row == column) ? nil : "\(row), \(column)"
      }
    }
  }
}
