// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The whole numbers around a literal, which decide the second in which a claim's date falls.
@Suite struct JSONNumberBoundsTests {
  /// The floor and the ceiling; an empty array where there are none.
  private func bounds(_ text: String) throws -> [Int64] {
    try text.utf8.withSpan { bytes throws(JSONError) in
      var reader = JSONReader()
      let number = try reader.readNumber(bytes)
      try reader.expectEnd(bytes)
      return number.bounds(in: bytes).map { [$0.floor, $0.ceiling] } ?? []
    }
  }

  @Test(
    arguments: [
      ("0", [0, 0]), ("-0", [0, 0]), ("5", [5, 5]), ("-5", [-5, -5]),
      ("1.9999999999999999999", [1, 2]), ("1.00000000000000000000000000001", [1, 2]),
      ("1.0", [1, 1]), ("1.000", [1, 1]), ("0.5", [0, 1]), ("-0.5", [-1, 0]), ("-1.5", [-2, -1]),
      ("-1.0", [-1, -1]), ("-0.0", [0, 0]), ("1e3", [1_000, 1_000]), ("1E+3", [1_000, 1_000]),
      ("1.5e1", [15, 15]), ("1.55e1", [15, 16]), ("0.1e1", [1, 1]), ("0.15e1", [1, 2]),
      ("15e-1", [1, 2]), ("10e-1", [1, 1]), ("1500e-2", [15, 15]), ("1501e-2", [15, 16]),
      ("0e999999999999999999999", [0, 0]), ("0.0e99", [0, 0]),
      ("1e-999999999999999999999", [0, 1]),
      ("-1e-99999999999", [-1, 0]), ("1e-18446744073709551616", [0, 1]), ("0e-5", [0, 0]),
      ("1e0", [1, 1]), ("1e-0", [1, 1]),
      ("1e00000000000000000000003", [1_000, 1_000]), ("0.001e3", [1, 1]), ("0.0001e3", [0, 1]),
      ("1e15", [1_000_000_000_000_000, 1_000_000_000_000_000]),
      ("999999999999999.5", [999_999_999_999_999, 1_000_000_000_000_000]),
      ("1000000000000000.5", [1_000_000_000_000_000, 1_000_000_000_000_001]),
      ("9223372036854775807", [.max, .max]), ("-9223372036854775808", [.min, .min]),
    ] as [(String, [Int64])])
  func `the bounds are exact`(_ text: String, _ expected: [Int64]) throws {
    #expect(try bounds(text) == expected)
  }

  @Test(arguments: [
    "1e16", "1.1e15", "1000000000000000.1e1", "1000000000000001.5", "1e400", "-1e400",
    "1e99999999999999999999", "1e18446744073709551616", "9223372036854775808",
    "99999999999999999999e0",
    "1" + String(repeating: "0", count: 400),
  ])
  func `a number far beyond any date has no bounds`(_ text: String) throws {
    #expect(try bounds(text) == [])
  }

  @Test(arguments: 0..<UInt64(16))
  func `the bounds do not depend on where the point is written`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<64 {
      let whole = Int64.random(in: 1..<1_000_000_000_000, using: &generator)
      let fraction = (0..<generator.below(20)).map { _ in String(generator.below(3)) }.joined()
      let hasFraction = fraction.contains { $0 != "0" }
      let digits = "\(whole)" + fraction
      // The point comes after `position` digits, and the exponent moves it to its place.
      let position = 1 + generator.below(digits.count)
      let first = String(digits.prefix(position))
      let rest = String(digits.dropFirst(position))
      let exponent = "\(whole)".count - position
      let text = rest.isEmpty ? "\(first)e\(exponent)" : "\(first).\(rest)E\(exponent)"
      let ceiling = hasFraction ? whole + 1 : whole
      #expect(try bounds(text) == [whole, ceiling], "\(text)")
      #expect(try bounds("-" + text) == [-ceiling, -whole], "-\(text)")
    }
  }
}
