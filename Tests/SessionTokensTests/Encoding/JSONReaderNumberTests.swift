// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Numbers: their grammar, and the kind of value of each.
@Suite struct JSONReaderNumberTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("10", 10),
      ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ] as [(String, Int64)])
  func `a literal without fraction and exponent that fits 64 bits is an integer`(
    _ text: String, _ value: Int64
  ) throws {
    #expect(try JSONValue(parsing: text.utf8) == .integer(value))
  }

  @Test(
    arguments: [
      ("9223372036854775808", 9_223_372_036_854_775_808), ("-9223372036854775809", -0x1p63),
      ("92233720368547758070", 92_233_720_368_547_758_080), ("1.0", 1), ("1e0", 1), ("1E+2", 100),
      ("1e-2", 0.01), ("-1.5e1", -15), ("0.1", 0.1), ("0e5", 0), ("1e-400", 0),
      ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude),
      ("100000000000000000000000000000", 1e29),
    ] as [(String, Double)])
  func `any other number is the nearest double`(_ text: String, _ value: Double) throws {
    #expect(try JSONValue(parsing: text.utf8) == .double(value))
  }

  @Test func `a double keeps the sign of zero`() throws {
    guard case .double(let zero) = try JSONValue(parsing: "-0.0".utf8) else {
      Issue.record("-0.0 is no double")
      return
    }
    #expect(zero == 0 && zero.sign == .minus)
  }

  @Test(arguments: [
    "1e400", "-1e400", "1e309", "1.8e308", "1" + String(repeating: "0", count: 400),
  ])
  func `a number beyond the range of doubles is refused`(_ text: String) {
    #expect(throws: JSONError.numberOutOfRange) { try JSONValue(parsing: text.utf8) }
    #expect(throws: JSONError.numberOutOfRange) { try JSONValue(parsing: "[\(text)]".utf8) }
  }

  @Test(arguments: [
    "-", "+1", "01", "-01", "00", ".5", "-.5", "1.", "1.e1", "1e", "1e+", "1e-", "1e+-1", "1e1.5",
    "1.2.3", "--1", "0x1", "1f", "NaN", "Infinity", "-Infinity", "1_000", "1,000", "１", "1 2",
    "- 1",
    "1. 5", "1e 5", "e1", "/", ":", "1:",
  ])
  func `a number outside the grammar is refused`(_ text: String) {
    #expect(throws: JSONError.syntax) { try JSONValue(parsing: text.utf8) }
  }

  @Test(arguments: 0..<UInt64(8))
  func `a random integer reads as itself`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<64 {
      let value = Int64(truncatingIfNeeded: generator.next()) >> Int64(generator.below(64))
      #expect(try JSONValue(parsing: "\(value)".utf8) == .integer(value))
    }
  }
}
