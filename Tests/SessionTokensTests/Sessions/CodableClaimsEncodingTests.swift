// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// Claims of the server's own types, by Foundation's encoder or the caller's.
@Suite struct CodableClaimsEncodingTests {
  private enum Plan: String, Codable { case free, pro }

  private struct Device: Codable, Equatable {
    let name: String
    let port: Int?
  }

  private struct Profile: Codable, Equatable {
    var roles = ["admin", "editor"]
    var plan = Plan.pro
    var nickname: String?
    var devices = [Device(name: "phone", port: nil), Device(name: "desk", port: 1)]
    var limits = ["requests": 10]
    var score = 1.5
    var isActive = false
  }

  @Test func `a value encodes its members in the order of their names`() throws {
    #expect(
      try CustomClaims(encoding: Profile()).members == [
        "devices": [["name": "phone"], ["name": "desk", "port": 1]], "isActive": false,
        "limits": ["requests": 10], "plan": "pro", "roles": ["admin", "editor"], "score": 1.5,
      ])
  }

  /// Foundation's order differs from call to call; a replay must be the same bytes.
  @Test(arguments: [nil, JSONEncoder.OutputFormatting.sortedKeys, .prettyPrinted])
  func `members are sorted by the bytes of their names at every depth`(
    _ formatting: JSONEncoder.OutputFormatting?
  ) throws {
    let names =
      (0..<40).map { "n\($0)" } + ["", "B", "a", "Z", "z", "\u{e9}", "\u{10000}", "\u{ffff}"]
    let inner = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
    let value = Dictionary(uniqueKeysWithValues: names.map { ($0, [[inner]]) })
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let object = JSONObject(sorted.map { ($0, 1) })
    let expected = JSONObject(sorted.map { ($0, [[.object(object)]]) })
    for _ in 0..<4 {
      var small = value
      // Within 8,192 bytes, in another order of insertion each time.
      for name in names.shuffled().dropFirst(8) { small[name] = [] }
      let encoder = JSONEncoder()
      if let formatting { encoder.outputFormatting = formatting }
      let claims = try CustomClaims(encoding: small, encoder: encoder)
      #expect(claims.members.map(\.name) == sorted)
      for member in claims.members where member.value != [] {
        #expect(member.value == expected[member.name])
      }
      #expect(try CustomClaims(encoding: small) == claims)
    }
  }

  @Test func `dates, data, addresses and numbers are as Foundation writes them`() throws {
    struct Values: Encodable {
      var date = Date(timeIntervalSince1970: 1_700_000_000)
      var half = Date(timeIntervalSince1970: 0.5)
      var data = Data([0xfb, 0xff, 0, 1])
      var url = URL(string: "https://example.com/a?b=c")
      var float = 0.1 as Float
      var whole = 2.0
      var large = 1e20
      var least = Int64.min
      var most = UInt64(Int64.max)
      var decimal = Decimal(sign: .plus, exponent: -2, significand: 125)
      var nothing: Date?
    }
    #expect(
      try CustomClaims(encoding: Values()).members == [
        "data": "+/8AAQ==", "date": 1_700_000_000, "decimal": 1.25, "float": 0.1, "half": 0.5,
        "large": 1e20, "least": .integer(.min), "most": .integer(.max),
        "url": "https://example.com/a?b=c", "whole": 2,
      ])
  }

  @Test func `the caller's encoder is used as it is`() throws {
    struct Values: Encodable {
      var signedIn = Date(timeIntervalSince1970: 1_700_000_000)
      var ratio = Double.infinity
    }
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .millisecondsSince1970
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "much", negativeInfinity: "little", nan: "none")
    #expect(
      try CustomClaims(encoding: Values(), encoder: encoder).members == [
        "ratio": "much", "signed_in": 1_700_000_000_000,
      ])
    // Foundation's own default counts from the year 2001.
    let since2001 = try CustomClaims(
      encoding: ["at": Date(timeIntervalSince1970: 1_700_000_000)], encoder: JSONEncoder())
    #expect(since2001["at"] == 721_692_800)
  }

  @Test func `a name that the encoder's strategy changes must follow the rules`() {
    struct Values: Encodable { var authTime = 1 }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    #expect(throws: ClaimsError.reservedName("auth_time")) {
      try CustomClaims(encoding: Values(), encoder: encoder)
    }
  }

  @Test func `encoded claims decode from a token`() throws {
    var profile = Profile()
    profile.nickname = "caf\u{e9}"
    let key = try SigningKey(id: "k", secret: RawToken.secret)
    let token = try JWT.encode(Claims(custom: CustomClaims(encoding: profile).members), key: key)
    let jwt = try JWT.decode(
      token, keys: RawToken.keys(), type: .jwtOrAbsent, validator: RawToken.validator())
    #expect(try jwt.claims(as: Profile.self) == profile)
    #expect(try CustomClaims(jwt.claims.custom) == CustomClaims(encoding: profile))
  }

  @Test func `a value that isn't an object is refused`() {
    for value in [1, "s", [1], Int?.none, true] as [any Encodable] {
      #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: value) }
    }
  }

  @Test func `a value that fails to encode is refused`() {
    struct Failing: Encodable {
      func encode(to encoder: any Encoder) throws { throw JSONError.syntax }
    }
    #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: ["a": Failing()]) }
  }

  @Test func `a whole number that wouldn't read back is refused by its claim's name`() {
    struct Account: Encodable {
      var name = "a"
      var ids = [UInt64.max]
    }
    #expect(throws: ClaimsError.notEncodable("ids")) { try CustomClaims(encoding: Account()) }
    #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: UInt64.max) }
  }

  @Test(arguments: [
    Decimal(string: "9223372036854775808"), Decimal(string: "-9223372036854775809"),
    Decimal(string: "100000000000000000000000"),
  ])
  func `a whole decimal beyond Int64 is refused by its claim's name, at any depth`(
    _ number: Decimal?
  ) throws {
    let number = try #require(number)
    #expect(throws: ClaimsError.notEncodable("a")) { try CustomClaims(encoding: ["a": number]) }
    #expect(throws: ClaimsError.notEncodable("b")) {
      try CustomClaims(encoding: ["b": [["x": [number]]]])
    }
  }

  @Test func `a value that an encoder refuses is named by its claim`() {
    struct Values: Encodable {
      func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: JSONKey.self)
        var list = members.nestedUnkeyedContainer(forKey: JSONKey("list"))
        try list.encode(1)
        let context = EncodingError.Context(
          codingPath: list.codingPath, debugDescription: "a secret of the value")
        throw EncodingError.invalidValue("secret", context)
      }
    }
    #expect(throws: ClaimsError.notEncodable("list")) { try CustomClaims(encoding: Values()) }
    struct Refusing: Encodable {
      func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
          JSONValue.null, .init(codingPath: encoder.codingPath, debugDescription: ""))
      }
    }
    #expect(throws: ClaimsError.notEncodable("a")) { try CustomClaims(encoding: ["a": Refusing()]) }
  }

  @Test func `a finite number that a type refuses to encode is not called infinite`() {
    struct Refusing: Encodable {
      func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
          1.5, .init(codingPath: encoder.codingPath, debugDescription: ""))
      }
    }
    #expect(throws: ClaimsError.notEncodable("a")) { try CustomClaims(encoding: ["a": Refusing()]) }
  }

  @Test func `anything that an encoder writes after the object is refused`() {
    final class Trailing: JSONEncoder, @unchecked Sendable {
      override func encode<Value: Encodable>(_ value: Value) throws -> Data {
        try super.encode(value) + Data("{}".utf8)
      }
    }
    #expect(throws: ClaimsError.notAnObject) {
      try CustomClaims(encoding: ["a": 1], encoder: Trailing())
    }
  }

  @Test func `encoded claims must follow the rules of claims`() {
    #expect(throws: ClaimsError.reservedName("sub")) { try CustomClaims(encoding: ["sub": 1]) }
    #expect(throws: ClaimsError.notFinite("a")) { try CustomClaims(encoding: ["a": Double.nan]) }
    #expect(throws: ClaimsError.notFinite("a")) {
      try CustomClaims(encoding: ["a": [["b": -Float.infinity]]])
    }
    #expect(throws: ClaimsError.tooLarge(bytes: 9_006)) {
      try CustomClaims(encoding: ["a": String(repeating: "x", count: 9_000)])
    }
    #expect(throws: ClaimsError.tooDeep) {
      var value: JSONValue = 0
      for _ in 0..<40 { value = [value] }
      _ = try CustomClaims(encoding: ["a": value])
    }
  }

  private struct Nested: Encodable {
    let depth: Int

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      if depth > 1 { try list.encode(Nested(depth: depth - 1)) }
    }
  }

  @Test func `a value of a claim nests at most 31 levels deep`() throws {
    #expect(try CustomClaims(encoding: ["a": Nested(depth: 31)]).members.count == 1)
    for depth in [32, 33, 500] {
      #expect(throws: ClaimsError.tooDeep) {
        try CustomClaims(encoding: ["a": Nested(depth: depth)])
      }
    }
    // Foundation's encoder doesn't say that this is too deep for itself.
    #expect(throws: ClaimsError.notAnObject) {
      try CustomClaims(encoding: ["a": Nested(depth: 600)])
    }
    for depth in [32, 33, 600] {
      let value = (0..<depth).reduce(1 as JSONValue) { value, _ in [value] }
      #expect(throws: ClaimsError.tooDeep) { try CustomClaims(encoding: ["a": value]) }
      #expect(throws: ClaimsError.tooDeep) {
        try CustomClaims(encoding: ["a": value] as JSONValue)
      }
    }
  }

  @Test func `an object with a repeated name is refused, as without an encoder`() {
    let twice = JSONObject([("a", 1), ("b", 2), ("a", 3)])
    #expect(throws: ClaimsError.duplicateName("a")) { try CustomClaims(twice) }
    #expect(throws: ClaimsError.duplicateName("a")) {
      try CustomClaims(encoding: JSONValue.object(twice))
    }
    #expect(throws: ClaimsError.duplicateName("a")) {
      try CustomClaims(encoding: ["x": [JSONValue.object(twice)]])
    }
  }

  @Test func `a date of a claim is a number in Codable too`() throws {
    let date = try #require(NumericDate(exactly: 1_700_000_000))
    #expect(try JSONEncoder().encode([date]) == Data("[1700000000]".utf8))
    #expect(try JSONDecoder().decode([NumericDate].self, from: Data("[1700000000]".utf8)) == [date])
    #expect(try CustomClaims(encoding: ["at": date])["at"] == 1_700_000_000)
    #expect(try NumericDate(from: IntegerDecoder(value: 1_700_000_000)) == date)
    for text in ["[-1]", "[253402300800]", "[1.5]", #"["1"]"#, "[null]", "[1e400]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([NumericDate].self, from: Data(text.utf8))
      }
    }
  }
}
