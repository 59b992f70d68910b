// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The writer: one text for each value, of exactly the size computed before.
@Suite struct JSONWriterTests {
  private func text(_ value: JSONValue) -> String {
    String(decoding: value.serialized(), as: UTF8.self)
  }

  @Test(
    arguments: [
      (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-1, "-1"), (10, "10"),
      (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
      (1.5, "1.5"), (.double(-0.0), "-0.0"), (1e22, "1e+22"), (.double(1), "1.0"), (0.1, "0.1"),
      ("", #""""#), ([], "[]"), ([:], "{}"), ([1, [2], []], "[1,[2],[]]"),
      (["b": 1, "a": ["c": nil]], #"{"b":1,"a":{"c":null}}"#),
      (["a\n": "\"\\/"], #"{"a\n":"\"\\/"}"#),
    ] as [(JSONValue, String)])
  func `a value is written as this text`(_ value: JSONValue, _ expected: String) {
    #expect(text(value) == expected)
  }

  @Test func `control characters are escaped, in short forms or in lowercase hexadecimal`() {
    let escapes =
      [
        #"\u0000"#, #"\u0001"#, #"\u0002"#, #"\u0003"#, #"\u0004"#, #"\u0005"#, #"\u0006"#,
        #"\u0007"#, #"\b"#, #"\t"#, #"\n"#, #"\u000b"#, #"\f"#, #"\r"#, #"\u000e"#, #"\u000f"#,
        #"\u0010"#, #"\u0011"#, #"\u0012"#, #"\u0013"#, #"\u0014"#, #"\u0015"#, #"\u0016"#,
        #"\u0017"#, #"\u0018"#, #"\u0019"#, #"\u001a"#, #"\u001b"#, #"\u001c"#, #"\u001d"#,
        #"\u001e"#, #"\u001f"#,
      ]
    #expect(escapes.count == 32)
    for (byte, escape) in escapes.enumerated() {
      let string = String(decoding: [UInt8(byte)], as: UTF8.self)
      #expect(text(.string(string)) == "\"\(escape)\"")
    }
  }

  @Test func `nothing else is escaped`() {
    let string = String(
      String.UnicodeScalarView((0x20...0x2ff).compactMap { Unicode.Scalar($0 as UInt32) }))
    let plain = string.filter { $0 != "\"" && $0 != "\\" } + "\u{2028}\u{2029}\u{feff}😀e\u{301}"
    #expect(text(.string(plain)).utf8.elementsEqual("\"\(plain)\"".utf8))
  }

  @Test(arguments: 0..<UInt64(24))
  func `a random value reads back as itself and has the computed size`(
    _ seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<16 {
      let value = generator.json()
      let bytes = value.serialized()
      #expect(bytes.count == value.encodedCount)
      let read = try JSONValue(parsing: bytes)
      #expect(read == value)
      #expect(read.serialized() == bytes)
    }
  }

  @Test(arguments: 0..<UInt64(8))
  func `a random string and number have the computed size`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<64 {
      let string = generator.string(upTo: 40)
      #expect(JSONValue.string(string).serialized().count == string.encodedJSONCount)
      let number = Int64(truncatingIfNeeded: generator.next()) >> Int64(generator.below(64))
      #expect(JSONValue.integer(number).serialized() == Array("\(number)".utf8))
      #expect(number.decimalCount == "\(number)".utf8.count)
    }
  }

  @Test(arguments: [0, 1, 64, 65, 200])
  func `the computed size of a string is exact beyond 64 bytes`(_ count: Int) {
    let (plain, escaped) = (
      String(repeating: "a", count: count), String(repeating: "\u{1}", count: count)
    )
    #expect(plain.maximumEncodedJSONCount == (count <= 64 ? 6 * count + 2 : count + 2))
    #expect(escaped.maximumEncodedJSONCount == 6 * count + 2)
    #expect(JSONValue.string(escaped).serialized().count == 6 * count + 2)
  }

  @Test(arguments: [0, 9, 10, 99, 100, -9, -10, .max, .min] as [Int64])
  func `a number at a power of ten has the same digits as in Swift`(_ number: Int64) {
    #expect(JSONValue.integer(number).serialized() == Array("\(number)".utf8))
    #expect(number.decimalCount == "\(number)".utf8.count)
  }

  @Test func `members without braces have the computed size`() {
    #expect(JSONObject().encodedCount == 0)
    #expect((["a": 1] as JSONObject).encodedCount == 5)
    #expect((["a": 1, "b": "\n"] as JSONObject).encodedCount == 14)
  }
}
