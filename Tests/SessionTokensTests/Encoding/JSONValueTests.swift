// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Kinds of values: no two kinds are equal, and each accessor returns its own.
@Suite struct JSONValueTests {
  static let distinct: [JSONValue] = [
    .null, .bool(false), .bool(true), .integer(0), .integer(1), .double(0), .double(1), .string(""),
    .string("0"), .string("\u{e9}"), .string("e\u{301}"), .array([]), .array([.null]),
    .array([.null, .null]), .object([:]), .object(["": nil]), .object(["": 0]), .object(["a": nil]),
  ]

  @Test func `a value equals only itself`() {
    for (row, a) in Self.distinct.enumerated() {
      for (column, b) in Self.distinct.enumerated() {
        #expect((a == b) == (row == column), "\(a) and \(b)")
      }
    }
  }

  @Test(arguments: distinct)
  func `an accessor returns its own kind, and double returns integers too`(
    _ value: JSONValue
  ) {
    let answers = [
      value.bool != nil, value.integer != nil, value.double != nil, value.string != nil,
      value.array != nil,
      value.object != nil,
    ]
    let expected =
      switch value {
      case .null: [false, false, false, false, false, false]
      case .bool: [true, false, false, false, false, false]
      case .integer: [false, true, true, false, false, false]
      case .double: [false, false, true, false, false, false]
      case .string: [false, false, false, true, false, false]
      case .array: [false, false, false, false, true, false]
      case .object: [false, false, false, false, false, true]
      }
    #expect(answers == expected)
  }

  @Test func `an accessor returns the value`() {
    #expect(JSONValue.bool(true).bool == true)
    #expect(JSONValue.bool(false).bool == false)
    #expect(JSONValue.integer(-3).integer == -3)
    #expect(JSONValue.string("s").string == "s")
    #expect(JSONValue.array([1]).array == [1])
    #expect(JSONValue.object(["a": 1]).object == ["a": 1])
  }

  @Test(
    arguments: [
      (0, 0), (-1, -1), (9_007_199_254_740_992, 9_007_199_254_740_992),
      (9_007_199_254_740_993, nil),
      (-9_007_199_254_740_993, nil), (9_007_199_254_740_994, 9_007_199_254_740_994),
      (Int64.max, nil), (.min, -9_223_372_036_854_775_808),
    ] as [(Int64, Double?)])
  func `an integer is a double if one holds it exactly`(_ integer: Int64, _ double: Double?) {
    #expect(JSONValue.integer(integer).double == double)
  }

  @Test func `a double isn't an integer, even if it is whole`() {
    #expect(JSONValue.double(1.5).double == 1.5)
    #expect(JSONValue.double(.infinity).double == .infinity)
    #expect(JSONValue.double(1).integer == nil)
  }

  @Test func `a literal has the kind that it looks like`() {
    #expect(("s" as JSONValue) == .string("s"))
    #expect((1 as JSONValue) == .integer(1))
    #expect((1.0 as JSONValue) == .double(1))
    #expect((true as JSONValue) == .bool(true))
    #expect((nil as JSONValue) == .null)
    #expect(([1, nil] as JSONValue) == .array([.integer(1), .null]))
    #expect((["b": 1, "a": 2] as JSONValue) == .object(["b": 1, "a": 2]))
    #expect((["a": 1, "a": 2] as JSONValue).object?.count == 2)
  }
}
