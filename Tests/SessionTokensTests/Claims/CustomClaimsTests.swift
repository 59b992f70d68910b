// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The server's custom claims: those that can be signed, and those that are refused.
@Suite struct CustomClaimsTests {
  @Test(arguments: [
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "client_id", "gen",
  ])
  func `a reserved name is refused, but only at the top level`(_ name: String) throws {
    var members: JSONObject = ["a": 1]
    members[name] = 1
    #expect(throws: ClaimsError.reservedName(name)) { try CustomClaims(members) }
    let below: JSONObject = ["a": .object(members), "b": [.object(members)]]
    #expect(try CustomClaims(below).members == below)
  }

  @Test(arguments: ["ISS", "iss ", "", "azp", "scope", "auth_time_", "roles", "\0"])
  func `any other name is kept`(_ name: String) throws {
    let claims = try CustomClaims([name: 1])
    #expect(claims[name] == 1)
    #expect(claims["x"] == nil)
  }

  @Test(
    arguments: [
      ["a": 1, "a": 2], ["a": 1, "b": 2, "a": 3], ["x": ["a": 1, "a": 2]],
      ["x": [[["a": 1, "b": 2, "a": 3]]]], ["x": [1, ["y": ["a": nil, "a": nil]]]],
    ] as [JSONObject])
  func `a name that appears twice is refused at any depth`(_ members: JSONObject) {
    #expect(throws: ClaimsError.duplicateName("a")) { try CustomClaims(members) }
  }

  @Test(arguments: [2, 15, 16, 17, 18, 40])
  func `a name that appears twice is found among any number of names`(_ count: Int) throws {
    let names = (0..<count).map { "n\($0)" }
    for (first, second) in [(0, count - 1), (0, 1), (count - 2, count - 1)] where first != second {
      var repeated = names
      repeated[second] = repeated[first]
      #expect(throws: ClaimsError.duplicateName(repeated[first])) {
        try CustomClaims(JSONObject(repeated.map { ($0, 1) }))
      }
    }
    let equivalent: [(String, JSONValue)] =
      names.map { ($0, 1) } + [("\u{e9}", 1), ("e\u{301}", 1)]
    #expect(try CustomClaims(JSONObject(equivalent)).members.count == count + 2)
  }

  @Test func `canonically equivalent names are distinct`() throws {
    #expect(try CustomClaims(["\u{e9}": 1, "e\u{301}": 2]).members.count == 2)
  }

  private func nested(_ levels: Int, _ wrap: (JSONValue) -> JSONValue) -> JSONObject {
    var value: JSONValue = 0
    for _ in 0..<levels { value = wrap(value) }
    return ["a": value]
  }

  @Test func `claims nest 31 deep and no deeper, whatever the kind`() throws {
    for wrap in [{ [$0] }, { ["b": $0] }] as [(JSONValue) -> JSONValue] {
      let claims = try CustomClaims(nested(31, wrap))
      #expect(throws: ClaimsError.tooDeep) { try CustomClaims(nested(32, wrap)) }
      #expect(throws: ClaimsError.tooDeep) { try CustomClaims(nested(5_000, wrap)) }
      // Accepted claims come back through a token.
      let key = try SigningKey(id: "k", secret: RawToken.secret)
      let token = try JWT.encode(Claims(custom: claims.members), key: key)
      #expect(try UnverifiedJWT(token).claims().custom == claims.members)
    }
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan, .signalingNaN])
  func `a number that is not finite is refused by its claim's name`(_ number: Double) {
    for value in [.double(number), [1, .double(number)], ["x": ["y": [.double(number)]]]]
      as [JSONValue]
    {
      #expect(throws: ClaimsError.notFinite("b")) { try CustomClaims(["a": 1, "b": value]) }
    }
  }

  @Test func `8192 bytes are accepted and 8193 are refused`() throws {
    // {"a":"…"} without its braces: six bytes beside the text.
    let claims = try CustomClaims(["a": .string(String(repeating: "x", count: 8_186))])
    #expect(claims.members.encodedCount == 8_192)
    #expect(throws: ClaimsError.tooLarge(bytes: 8_193)) {
      try CustomClaims(["a": .string(String(repeating: "x", count: 8_187))])
    }
    #expect(throws: ClaimsError.tooLarge(bytes: 8_196)) {
      try CustomClaims(["a": .string(String(repeating: "\"", count: 4_095))])
    }
  }

  @Test func `the first of several faults in the documented order is reported`() {
    let large = JSONValue.string(String(repeating: "x", count: 9_000))
    let infinite = JSONValue.double(.infinity)
    #expect(throws: ClaimsError.reservedName("iss")) {
      try CustomClaims(["b": infinite, "b": large, "iss": 1])
    }
    #expect(throws: ClaimsError.duplicateName("b")) {
      try CustomClaims(["a": infinite, "b": large, "b": 1])
    }
    #expect(throws: ClaimsError.notFinite("a")) { try CustomClaims(["b": large, "a": infinite]) }
  }

  @Test func `claims that were read from a token are checked like any others`() throws {
    let brought = try RawToken(payload: #"{"sid":"s","a":1}"#).decode().claims.custom
    #expect(throws: ClaimsError.reservedName("sid")) { try CustomClaims(brought) }
    let plain = try RawToken(payload: #"{"a":1}"#).decode().claims.custom
    #expect(try CustomClaims(plain).members == plain)
  }

  @Test func `claims are equal when their members are, in their order and by bytes`() throws {
    let members: [JSONObject] = [
      [:], ["a": 1], ["a": 2], ["a": 1, "b": 2], ["b": 2, "a": 1], ["\u{e9}": 1], ["e\u{301}": 1],
    ]
    let claims = try members.map { try CustomClaims($0) }
    let confusions = Distinct.confusions { claims }
    #expect(confusions.isEmpty)
  }

  @Test func `empty claims have no members`() throws {
    #expect(CustomClaims.empty.members.isEmpty)
    #expect(try CustomClaims([:]) == .empty)
  }
}
