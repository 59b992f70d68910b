// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The names that have a meaning here, each recognized by its exact bytes.
@Suite struct ClaimNameTests {
  @Test func `eleven claims are known, the first seven of them registered`() {
    #expect(
      ClaimName.allCases.map(\.rawValue) == [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "client_id", "gen",
      ])
    #expect(ClaimName.allCases.map(\.isRegistered).prefix(7).allSatisfy { $0 })
    #expect(!ClaimName.allCases.map(\.isRegistered).dropFirst(7).contains(true))
  }

  @Test(arguments: ClaimName.allCases) func `a name is found by its bytes`(_ claim: ClaimName) {
    #expect(ClaimName(rawValue: claim.rawValue) == claim)
  }

  @Test(arguments: ClaimName.allCases)
  func `a name with one byte changed, added or removed is a different name`(_ claim: ClaimName) {
    let name = Array(claim.rawValue.utf8)
    for index in name.indices {
      for byte in UInt8(0)..<0x80 where byte != name[index] {
        var other = name
        other[index] = byte
        let text = String(decoding: other, as: UTF8.self)
        #expect(ClaimName(rawValue: text).map(\.rawValue) ?? text == text)
      }
    }
    #expect(ClaimName(rawValue: claim.rawValue + " ") == nil)
    #expect(ClaimName(rawValue: String(claim.rawValue.dropLast())) == nil)
    #expect(ClaimName(rawValue: claim.rawValue.uppercased()) == nil)
  }

  @Test func `any other text isn't a known name`() {
    for text in [
      "", "i", "is", "xyz", "azp", "scope", "iss\0", "auth_tim", "auth-time", "client-id",
    ] {
      #expect(ClaimName(rawValue: text) == nil)
    }
  }

  @Test func `an escaped name denotes the same claim`() throws {
    let payload = #"{"\u0069ss":"i","s\u0075b":"s","\u0065\u0078\u0070":5,"x\u0079":1}"#
    let claims = try RawToken(payload: payload).decode().claims
    #expect(
      claims
        == Claims(
          issuer: "i", subject: "s", expiresAt: NumericDate(exactly: 5),
          custom: ["xy": 1]))
  }

  @Test func `session claims are custom claims in the general layer, and keep their order`()
    throws
  {
    let payload = #"{"z":1,"sid":"s","iss":"i","gen":0,"a":[],"auth_time":5,"client_id":"c"}"#
    let custom = try RawToken(payload: payload).decode().claims.custom
    #expect(custom.map(\.name) == ["z", "sid", "gen", "a", "auth_time", "client_id"])
    #expect(custom["gen"] == 0)
  }
}
