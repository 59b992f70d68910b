// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// The keys of the last requests, as one column of text.
@Suite struct IdempotencyKeysTests {
  static let a = String(repeating: "a", count: 16)
  static let b = String(repeating: "B", count: 64)
  static let c = "0123456789-_azAZ"
  static let d = "dddddddddddddddddd"

  @Test(arguments: [
    "", a, b, c, "\(a),\(b)", "\(a),\(b),\(c),\(d)", ",\(a)", ",,\(a)", ",,,\(a)", "\(a),,,\(b)",
    "\(a),\(a)",
  ])
  func `a canonical text is accepted and kept`(_ text: String) throws {
    let keys = try #require(IdempotencyKeys(rawValue: text))
    #expect(keys.rawValue == text)
    let json = try JSONEncoder().encode([keys])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([IdempotencyKeys].self, from: json) == [keys])
  }

  @Test(arguments: [
    ",", "\(a),", "\(a),,", ",,,", "\(a),\(a),\(a),\(a),\(a)", ",,,,\(a)", "short",
    String(a.dropLast()), b + "B", "\(a),short", "short,\(a)", "\(a), \(b)", " \(a)", a + "\n",
    a + "é", a + "\0", a + "=", a + "+", a + "/", a + ".", a + ";", a + "@", a + "[", a + "`",
    a + "{", a + ":",
  ])
  func `any other text is refused, and the error doesn't quote it`(_ text: String) throws {
    #expect(IdempotencyKeys(rawValue: text) == nil)
    let json = try JSONEncoder().encode([text])
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode([IdempotencyKeys].self, from: json)
    }
    #expect(text.utf8.count < 8 || !"\(error)".contains(text))
  }

  @Test func `the text of no keys is empty`() {
    #expect(IdempotencyKeys.empty.rawValue.isEmpty)
    #expect(IdempotencyKeys(rawValue: "") == IdempotencyKeys.empty)
    for age in -1...4 as ClosedRange<Int64> {
      #expect(IdempotencyKeys.empty.key(age: age) == nil)
    }
  }

  @Test func `a key is found by its age, and nil beyond the oldest`() throws {
    let keys = try #require(IdempotencyKeys(rawValue: "\(Self.a),,\(Self.b)"))
    let found = { (age: Int64) in keys.key(age: age).map { String(Substring($0)) } }
    #expect(found(0) == Self.a)
    #expect(found(1) == nil)
    #expect(found(2) == Self.b)
    for age in [-1, 3, 4, .max, .min] as [Int64] { #expect(found(age) == nil) }
  }

  @Test func `a new key comes first, and the fifth is dropped`() {
    var keys = IdempotencyKeys.empty
    let texts = [Self.a, Self.b, Self.c, Self.d, Self.a].map { key in
      keys = keys.adding(key, afterSkipping: 0)
      return keys.rawValue
    }
    #expect(
      texts == [
        Self.a, "\(Self.b),\(Self.a)", "\(Self.c),\(Self.b),\(Self.a)",
        "\(Self.d),\(Self.c),\(Self.b),\(Self.a)", "\(Self.a),\(Self.d),\(Self.c),\(Self.b)",
      ])
  }

  @Test func `an absent key takes a place until no key follows it`() {
    var keys = IdempotencyKeys.empty.adding(Self.a, afterSkipping: 0)
    let texts = [nil, nil, nil, nil, Self.b, nil].map { (key: String?) in
      keys = keys.adding(key, afterSkipping: 0)
      return keys.rawValue
    }
    #expect(
      texts == [",\(Self.a)", ",,\(Self.a)", ",,,\(Self.a)", "", Self.b, ",\(Self.b)"])
    #expect(IdempotencyKeys.empty.adding(nil, afterSkipping: 0) == .empty)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `after any requests the text is canonical and holds the last four keys`(
    _ seed: UInt64
  ) throws {
    var source = SeededGenerator(seed: seed)
    var keys = IdempotencyKeys.empty
    var expected: [String?] = []
    for _ in 0..<100 {
      let key = [nil, Self.a, Self.b, Self.c, Self.d].randomElement(using: &source) ?? nil
      keys = keys.adding(key, afterSkipping: 0)
      expected = Array(([key] + expected).prefix(4))
      #expect(IdempotencyKeys(rawValue: keys.rawValue) == keys)
      for (age, key) in expected.enumerated() {
        #expect(keys.key(age: Int64(age)).map { String(Substring($0)) } == key)
      }
    }
  }

  @Test(arguments: [a, b, c])
  func `a key of the form is accepted`(_ key: String) {
    #expect(IdempotencyKeys.accepted(key) == key)
  }

  @Test(arguments: [
    nil, "", String(a.dropLast()), b + "B", a + ",", a + " ", "é" + a, a + "\n", "\(a),\(b)",
  ])
  func `anything else counts as absent`(_ key: String?) {
    #expect(IdempotencyKeys.accepted(key) == nil)
  }
}
