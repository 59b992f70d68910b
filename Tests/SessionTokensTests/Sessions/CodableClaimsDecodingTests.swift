// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// Claims as the server's own types, by Foundation's decoder or the caller's.
@Suite struct CodableClaimsDecodingTests {
  private struct Order: Decodable, Equatable {
    let price: Int
    let note: String?
  }

  private struct Everything: Decodable, Equatable {
    let iss: String
    let exp: NumericDate?
    let orders: [Order]
  }

  private func decode<Custom: Decodable>(
    _ payload: String, as type: Custom.Type = Custom.self
  ) throws -> Custom {
    try RawToken(payload: payload).decode().claims(as: type)
  }

  @Test func `registered and custom claims decode together`() throws {
    let payload = #"{"iss":"i","exp":5,"orders":[{"price":1},{"price":2.0,"note":"n"}],"x":1}"#
    #expect(
      try decode(payload)
        == Everything(
          iss: "i", exp: NumericDate(exactly: 5),
          orders: [Order(price: 1, note: nil), Order(price: 2, note: "n")]))
    #expect(try decode(#"{"iss":"i","orders":[]}"#, as: Everything.self).exp == nil)
    #expect(try decode(#"{"a":{"b":null}}"#, as: JSONValue.self) == ["a": ["b": nil]])
  }

  @Test(
    arguments: [
      (#"{"orders":[]}"#, "iss", .missing), (#"{"iss":"i"}"#, "orders", .missing),
      (#"{"iss":"i","orders":[{}]}"#, "orders.0.price", .missing),
      (#"{"iss":"i","orders":[{"price":1},{"price":"x"}]}"#, "orders.1.price", .malformed),
      // Foundation doesn't say which number is at fault.
      (#"{"iss":"i","orders":[{"price":1.5}]}"#, "", .malformed),
      (#"{"iss":"i","orders":[{"price":9223372036854775808}]}"#, "", .malformed),
      (#"{"iss":"i","orders":[{"price":1,"note":2}]}"#, "orders.0.note", .malformed),
      (#"{"iss":"i","orders":[1]}"#, "orders.0", .malformed),
      (#"{"iss":"i","orders":{}}"#, "orders", .malformed),
      (#"{"iss":"i","orders":null}"#, "orders", .missing),
      (#"{"iss":"i","exp":1.5,"orders":[]}"#, "", .malformed),
    ] as [(String, String, ClaimFailure.Problem)])
  func `a failure has the path to its place`(
    _ payload: String, _ path: String, _ problem: ClaimFailure.Problem
  ) throws {
    let failure = ClaimFailure(claim: path, problem: problem)
    let jwt = try RawToken(payload: payload).decode()
    #expect(throws: TokenError.invalidClaims([failure])) { try jwt.claims(as: Everything.self) }
  }

  @Test func `an error that a type throws is malformed, and a list that ends early is missing`()
    throws
  {
    struct Failing: Decodable {
      init(from decoder: any Decoder) throws { throw JSONError.syntax }
    }
    struct Pair: Decodable {
      init(from decoder: any Decoder) throws {
        var list = try decoder.container(keyedBy: JSONKey.self)
          .nestedUnkeyedContainer(forKey: JSONKey("list"))
        _ = try (list.decode(Int.self), list.decode(Int.self))
      }
    }
    let jwt = try RawToken(payload: #"{"list":[1]}"#).decode()
    #expect(
      throws: TokenError.invalidClaims([ClaimFailure(claim: "", problem: .malformed)])
    ) { try jwt.claims(as: Failing.self) }
    #expect(
      throws: TokenError.invalidClaims([ClaimFailure(claim: "list.1", problem: .missing)])
    ) { try jwt.claims(as: Pair.self) }
  }

  private struct Number<Value: Decodable>: Decodable {
    let n: Value
  }

  private func number<Value: Decodable>(
    _ literal: String, _ type: Value.Type, isSession: Bool
  ) throws -> Value {
    if isSession {
      let token = HandMadeToken.access.with("n", literal).signed
      return try AuthorityFixture.verifier().verify(token).claims(as: Number<Value>.self).n
    }
    return try decode("{\"n\":\(literal)}", as: Number<Value>.self).n
  }

  @Test(arguments: [false, true])
  func `whole numbers decode exactly`(_ isSession: Bool) throws {
    #expect(try number("9223372036854775807", Int64.self, isSession: isSession) == .max)
    #expect(try number("-9223372036854775808", Int64.self, isSession: isSession) == .min)
    #expect(
      try number("9007199254740993", UInt64.self, isSession: isSession) == 9_007_199_254_740_993)
    #expect(try number("9007199254740991.0", Int64.self, isSession: isSession) == 1 << 53 - 1)
    #expect(try number("-9007199254740991.0", Int64.self, isSession: isSession) == 1 - 1 << 53)
    #expect(try number("1e3", UInt16.self, isSession: isSession) == 1_000)
    #expect(try number("255", UInt8.self, isSession: isSession) == 255)
    #expect(try number("2", Double.self, isSession: isSession) == 2)
    #expect(try number("2", Float?.self, isSession: isSession) == 2)
  }

  @Test(arguments: [false, true])
  func `a number that doesn't fit its type is malformed`(_ isSession: Bool) {
    let error = TokenError.oneClaim("", .malformed)
    #expect(throws: error) { try number("256", UInt8.self, isSession: isSession) }
    #expect(throws: error) { try number("-1", UInt.self, isSession: isSession) }
    #expect(throws: error) { try number("1.5", Int.self, isSession: isSession) }
    #expect(throws: error) { try number("1e300", Int64.self, isSession: isSession) }
    #expect(throws: error) { try number("1e300", Float.self, isSession: isSession) }
  }

  /// A payload has its own digits; a number among a session token's claims may have been rounded.
  @Test(
    arguments: [
      ("9007199254740992.0", 9_007_199_254_740_992), ("9007199254740993.0", 9_007_199_254_740_992),
      ("-9007199254740992.0", -9_007_199_254_740_992),
      ("9223372036854774784.0", 0x1.fffffffffffffp62),
      ("1e16", 1e16), ("9223372036854775808", 0x1p63), ("9223372036854775809", 0x1p63),
      ("-9223372036854775809", -0x1p63), ("18446744073709551615", 0x1p64),
      ("18446744073709549568", 0x1.fffffffffffffp63), ("1e19", 1e19), ("1.7e19", 1.7e19),
      ("123456789012345678.9", 123_456_789_012_345_680),
    ] as [(String, Double)])
  func `a double from 2^53 on isn't an integer in a session token`(
    _ literal: String, _ double: Double
  ) throws {
    let error = TokenError.oneClaim("", .malformed)
    #expect(throws: error) { try number(literal, Int64.self, isSession: true) }
    #expect(throws: error) { try number(literal, UInt64.self, isSession: true) }
    #expect(throws: error) { try number(literal, Int.self, isSession: true) }
    #expect(try number(literal, Double.self, isSession: true) == double)
    #expect(try number(literal, Float.self, isSession: true) == Float(double))
    #expect(try number(literal, Double.self, isSession: false) == double)
  }

  /// Foundation's decoder gets an integer from the same `Decimal`, so no text is exact for one
  /// alone.
  @Test(
    arguments: [
      ("1e16", "10000000000000000.00001", "10000000000000000"),
      ("-9007199254740992.0", "-9007199254740992.00001", "-9007199254740992"),
      ("123456789012345678.9", "123456789012345680.00001", "123456789012345678.9"),
      ("18446744073709549568", "18446744073709549568.00001", "18446744073709549568"),
      // Outside 2^53 ..< 2^64 it has the double's own digits.
      ("9007199254740991.0", "9007199254740991", "9007199254740991"),
      ("9007199254740993", "9007199254740993", "9007199254740993"), ("0.1", "0.1", "0.1"),
      ("18446744073709551616", "18446744073709552000", "18446744073709551616"),
      ("1e20", "100000000000000000000", "100000000000000000000"),
    ])
  func `a session token's double from 2^53 to 2^64 is a Decimal that is 0.00001 too large`(
    _ literal: String, _ session: String, _ payload: String
  ) throws {
    #expect(try number(literal, Decimal.self, isSession: true) == Decimal(string: session))
    #expect(try number(literal, Decimal.self, isSession: false) == Decimal(string: payload))
  }

  @Test func `many short numbers beside it leave a whole number beyond Int64 exact`() throws {
    struct Numbers: Decodable { let big: UInt64 }
    let short = Array(repeating: "12", count: 40).joined(separator: ",")
    let payload = #"{"short":["# + short + #"],"big":18446744073709551615}"#
    #expect(try decode(payload, as: Numbers.self).big == .max)
  }

  /// Where the payload is decoded as it is, a `Decimal` keeps all its digits.
  @Test(
    arguments: [
      ("1", true), (String(repeating: "1", count: 64), true),
      (String(repeating: "1", count: 65), false),
      ("[-\(String(repeating: "1", count: 63))]", true),
      ("[-\(String(repeating: "1", count: 64))]", false),
      // Digits in a string aren't a number, whatever is escaped in front of them.
      (#""\#(String(repeating: "1", count: 65))""#, true),
      (#""\"\#(String(repeating: "1", count: 65))""#, true),
      (#""\\",\#(String(repeating: "1", count: 65))"#, false),
      (#""\n",\#(String(repeating: "1", count: 65))"#, false),
      (#""\\\"\#(String(repeating: "1", count: 65))""#, true),
    ])
  func `a Decimal beside a number of more than 64 bytes is read as a double first`(
    _ elements: String, _ isExact: Bool
  ) throws {
    struct Price: Decodable { let price: Decimal }
    let payload = #"{"other":[\#(elements)],"price":1234567890.123456789}"#
    let exact = isExact ? "1234567890.123456789" : "1234567890.1234567"
    #expect(try decode(payload, as: Price.self).price == Decimal(string: exact))
  }

  @Test func `a payload's whole number beyond Int64 decodes exactly`() throws {
    #expect(
      try number("9223372036854775809", UInt64.self, isSession: false) == 9_223_372_036_854_775_809)
    #expect(
      try number("18446744073709551615", UInt64.self, isSession: false) == .max)
  }

  /// Foundation's decoder traps on some of these where it is asked for an integer.
  @Test(arguments: [109, 112, 113, 128, 130, 200, 300, 5_000], [false, true])
  func `no number traps, however it is written`(_ zeros: Int, _ isSession: Bool) throws {
    let zeroes = String(repeating: "0", count: zeros)
    for literal in [
      "9007199254740994\(zeroes)e-\(zeros)", "0.\(zeroes)9007199254740994e\(zeros + 16)",
      "-9007199254740994\(zeroes)e-\(zeros)",
    ] {
      #expect(throws: TokenError.oneClaim("", .malformed)) {
        try number(literal, Int64.self, isSession: isSession)
      }
      #expect(
        try number(literal, Double.self, isSession: isSession).magnitude == 9_007_199_254_740_994)
    }
    let text = "\"9\\\"\(zeroes)\""
    #expect(try number(text, String.self, isSession: isSession) == "9\"\(zeroes)")
  }

  @Test(arguments: [false, true])
  func `dates are seconds since 1970, or as the caller's decoder reads them`(
    _ isSession: Bool
  ) throws {
    struct Values: Decodable { let firstSeen: Date }
    func decode(_ name: String, _ json: String, _ decoder: JSONDecoder?) throws -> Date {
      if isSession {
        return try AuthorityFixture.verifier().verify(HandMadeToken.access.with(name, json).signed)
          .claims(as: Values.self, decoder: decoder).firstSeen
      }
      return try RawToken(payload: "{\"\(name)\":\(json)}").decode()
        .claims(as: Values.self, decoder: decoder).firstSeen
    }
    #expect(
      try decode("firstSeen", "1700000000.5", nil) == Date(timeIntervalSince1970: 1_700_000_000.5))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.dateDecodingStrategy = .millisecondsSince1970
    #expect(
      try decode("first_seen", "1700000000500", decoder)
        == Date(timeIntervalSince1970: 1_700_000_000.5))
    #expect(throws: TokenError.oneClaim("firstSeen", .malformed)) {
      try decode("firstSeen", #""yesterday""#, nil)
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `random claims of a session token decode as they are`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<4 {
      var members = source.object(depth: 2)
      while members.encodedCount > 8_192 { members = source.object(depth: 1) }
      let pair = try AuthorityFixture.authority().openSession(
        subject: "u", claims: CustomClaims(members)
      ).tokens
      let token = try AuthorityFixture.verifier().verify(pair.accessToken)
      #expect(token.custom == members)
      #expect(try normalized(token.claims(as: JSONValue.self)) == normalized(.object(members)))
    }
  }

  /// Removes the differences that Foundation can't keep: the order of members, and 1.0 beside 1.
  private func normalized(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let double) where double.magnitude < 0x1p53:
      return Int64(exactly: double).map { .integer($0) } ?? value
    case .array(let elements):
      return .array(elements.map(normalized))
    case .object(let members):
      let sorted = members.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }
      return .object(JSONObject(sorted.map { ($0.name, normalized($0.value)) }))
    case .null, .bool, .integer, .double, .string:
      return value
    }
  }
}
