import Testing

/// Values of which no two may be equal, and texts that only differ in their bytes.
enum Distinct {
  /// "é" as one scalar and as two: one `String` to `==`, two to a verifier.
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  /// Demands that a value equals and hashes like itself made again, and like nothing else listed.
  static func expect<Value: Hashable>(
    _ values: () -> [Value], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(composed == decomposed, sourceLocation: sourceLocation)
    let (once, again) = (values(), values())
    for (row, a) in once.enumerated() {
      for (column, b) in again.enumerated() {
        #expect((a == b) == (row == column), "\(row), \(column)", sourceLocation: sourceLocation)
        #expect(
          (a.hashValue == b.hashValue) == (row == column), "\(row), \(column)",
          sourceLocation: sourceLocation)
      }
    }
  }
}
