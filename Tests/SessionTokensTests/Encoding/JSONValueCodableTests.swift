// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// `JSONValue` in Foundation's coders, and Foundation's coders against the library's own text.
@Suite struct JSONValueCodableTests {
  /// Removes the differences that Foundation can't keep: the order of members, and 1.0 beside 1.
  private func normalized(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let double):
      return Int64(exactly: double).map { .integer($0) } ?? value
    case .array(let elements):
      return .array(elements.map(normalized))
    case .object(let members):
      let sorted = members.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }
      return .object(JSONObject(sorted.map { ($0.name, normalized($0.value)) }))
    case .null, .bool, .integer, .string:
      return value
    }
  }

  @Test(arguments: 0..<UInt64(16))
  func `a random value survives Foundation's encoder and decoder`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      let value = generator.json()
      let data = try JSONEncoder().encode(value)
      #expect(normalized(try JSONDecoder().decode(JSONValue.self, from: data)) == normalized(value))
      #expect(normalized(try JSONValue(parsing: data)) == normalized(value))
    }
  }

  @Test(arguments: 0..<UInt64(8))
  func `Foundation reads what the library writes`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      let value = generator.json()
      let read = try JSONDecoder().decode(JSONValue.self, from: Data(value.serialized()))
      #expect(normalized(read) == normalized(value))
    }
  }

  @Test(
    arguments: [
      ("null", nil), ("true", true), ("0", 0), ("1", 1), ("-1", -1), ("1.5", 1.5), (#""1""#, "1"),
      ("9223372036854775807", .integer(.max)), ("9223372036854775808", .double(0x1p63)),
      ("[]", []), ("{}", [:]), ("[[null]]", [[nil]]), (#"{"a":{"b":[]}}"#, ["a": ["b": []]]),
    ] as [(String, JSONValue)])
  func `each kind decodes as itself`(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == value)
    #expect(try JSONDecoder().decode([JSONValue].self, from: Data("[\(text)]".utf8)) == [value])
  }

  @Test func `members are sorted by the bytes of their names, at every depth`() throws {
    let text = #"{"é":1,"z":{"b":1,"B":2,"ab":3,"a":4,"":5},"a":[{"2":1,"10":2}]}"#
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    let sorted: JSONValue = [
      "a": [["10": 2, "2": 1]], "z": ["": 5, "B": 2, "a": 4, "ab": 3, "b": 1], "é": 1,
    ]
    #expect(value == sorted)
  }

  @Test func `a value is read from a decoder that has only integers`() throws {
    for value in [0, -1, .max, .min] as [Int64] {
      let decoder = IntegerDecoder(value: value)
      #expect(try JSONValue(from: decoder) == .integer(value))
      #expect(try JSONValue(scalarFrom: decoder, readsLargeIntegers: false) == .integer(value))
    }
  }

  @Test(arguments: ["inf", "-inf", "nan"])
  func `a string that a decoder also takes for a number that isn't finite is a string`(
    _ text: String
  ) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let value = try decoder.decode([JSONValue].self, from: Data("[\"\(text)\"]".utf8))
    #expect(value == [.string(text)])
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `a number that isn't finite is refused`(_ number: Double) throws {
    let list = try PropertyListEncoder().encode([number])
    let error = try #require(throws: DecodingError.self) {
      try PropertyListDecoder().decode([JSONValue].self, from: list)
    }
    guard case .typeMismatch(_, let context) = error else { throw error }
    #expect(context.codingPath.count == 1)
  }

  @Test func `a value without a JSON form is a type mismatch`() throws {
    let plist = try PropertyListEncoder().encode(["date": Date(timeIntervalSince1970: 0)])
    let error = #expect(throws: DecodingError.self) {
      try PropertyListDecoder().decode(JSONValue.self, from: plist)
    }
    guard case .typeMismatch? = error else {
      Issue.record("not a mismatch: \(String(describing: error))")
      return
    }
  }

  @Test func `a value without null survives a property list`() throws {
    let value: JSONValue = ["a": [1, true, "s", 1.5], "b": ["c": []]]
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let data = try encoder.encode(value)
    #expect(normalized(try PropertyListDecoder().decode(JSONValue.self, from: data)) == value)
  }

  private func nested(_ depth: Int, _ wrap: (JSONValue) -> JSONValue) -> JSONValue {
    (0..<depth).reduce(1) { value, _ in wrap(value) }
  }

  /// The last alternates between an array and an object.
  private static let wraps: [@Sendable (JSONValue) -> JSONValue] = [
    { [$0] }, { ["a": $0] }, { $0.array == nil ? [$0] : ["a": $0] },
  ]

  @Test(arguments: wraps)
  func `a value of 32 levels is encoded and decoded, wherever it appears`(
    _ wrap: @Sendable (JSONValue) -> JSONValue
  ) throws {
    let value = nested(32, wrap)
    let data = try JSONEncoder().encode(["x": [value]])
    #expect(String(decoding: data, as: UTF8.self) == "{\"x\":[\(text(value))]}")
    #expect(try JSONDecoder().decode([String: [JSONValue]].self, from: data) == ["x": [value]])
    let list = try PropertyListEncoder().encode(value)
    #expect(try PropertyListDecoder().decode(JSONValue.self, from: list) == value)
  }

  @Test(arguments: [33, 34, 300, 509], wraps)
  func `a deeper value is refused at its 33rd level, wherever it appears`(
    _ depth: Int, _ wrap: @Sendable (JSONValue) -> JSONValue
  ) throws {
    let value = nested(depth, wrap)
    let texts = [(text(value), 0), ("{\"x\":[\(text(value))]}", 2)]
    for (text, outer) in texts {
      let error = try #require(throws: DecodingError.self) {
        if outer == 0 {
          _ = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        } else {
          _ = try JSONDecoder().decode([String: [JSONValue]].self, from: Data(text.utf8))
        }
      }
      guard case .dataCorrupted(let context) = error else { throw error }
      #expect(context.codingPath.count == 32 + outer)
      #expect(context.debugDescription == "more than 32 levels of nesting")
    }
    let error = try #require(throws: EncodingError.self) {
      try JSONEncoder().encode(["x": [value]])
    }
    guard case .invalidValue(_, let context) = error else { throw error }
    #expect(context.codingPath.count == 34)
    #expect(context.debugDescription == "more than 32 levels of nesting")
  }

  private func text(_ value: JSONValue) -> String {
    String(decoding: value.serialized(), as: UTF8.self)
  }

  @Test func `an object with a repeated name isn't encoded`() throws {
    let twice = JSONValue.object(JSONObject([("a", 1), ("b", 2), ("a", 3)]))
    for value in [twice, [twice], ["x": twice]] as [JSONValue] {
      let error = try #require(throws: EncodingError.self) { try JSONEncoder().encode(value) }
      guard case .invalidValue(let invalid as JSONValue, let context) = error else { throw error }
      #expect(invalid == twice)
      #expect(context.debugDescription == "an object with a name twice")
    }
  }

  @Test func `a coding key of an array has its index`() {
    #expect(JSONKey(intValue: 3).intValue == 3)
    #expect(JSONKey(intValue: 3).stringValue == "3")
    #expect(JSONKey(stringValue: "3").intValue == nil)
    #expect(JSONKey("a").stringValue == "a")
  }
}
