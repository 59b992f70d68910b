// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// `JSONValue` in Foundation's coders, and Foundation's coders against the library's own text.
@Suite struct JSONValueCodableTests {
  /// What Foundation cannot keep is levelled: the order of members, and 1.0 beside 1.
  private func levelled(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let double):
      return Int64(exactly: double).map { .integer($0) } ?? value
    case .array(let elements):
      return .array(elements.map(levelled))
    case .object(let members):
      let sorted = members.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }
      return .object(JSONObject(sorted.map { ($0.name, levelled($0.value)) }))
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
      #expect(levelled(try JSONDecoder().decode(JSONValue.self, from: data)) == levelled(value))
      #expect(levelled(try JSONValue(parsing: data)) == levelled(value))
    }
  }

  @Test(arguments: 0..<UInt64(8))
  func `Foundation reads what the library writes`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      let value = generator.json()
      let read = try JSONDecoder().decode(JSONValue.self, from: Data(value.serialized()))
      #expect(levelled(read) == levelled(value))
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

  @Test func `a value without a JSON form is refused by name of its kind`() throws {
    let plist = try PropertyListEncoder().encode(["date": Date(timeIntervalSince1970: 0)])
    let error = #expect(throws: DecodingError.self) {
      try PropertyListDecoder().decode(JSONValue.self, from: plist)
    }
    guard case .typeMismatch? = error else {
      Issue.record("not a mismatch: \(String(describing: error))")
      return
    }
  }

  @Test func `a property list keeps what it can`() throws {
    let value: JSONValue = ["a": [1, true, "s", 1.5], "b": ["c": []]]
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let data = try encoder.encode(value)
    #expect(levelled(try PropertyListDecoder().decode(JSONValue.self, from: data)) == value)
  }

  @Test func `a key of an array knows its number`() {
    #expect(JSONKey(intValue: 3).intValue == 3)
    #expect(JSONKey(intValue: 3).stringValue == "3")
    #expect(JSONKey(stringValue: "3").intValue == nil)
    #expect(JSONKey("a").stringValue == "a")
  }
}
