// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Every claim of an access token missing, malformed or not as expected, alone and together.
@Suite struct AccessTokenClaimsTests {
  private func verify(_ token: HandMadeToken) throws -> AccessToken {
    try AuthorityFixture.verifier().verify(token.signed)
  }

  @Test(arguments: ["iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time"])
  func `a required claim that is absent is missing`(_ name: String) {
    #expect(throws: TokenError.oneClaim(name, .missing)) {
      try verify(.access.with(name, nil))
    }
  }

  @Test(
    arguments: ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "client_id"],
    ["null", "true", "{}", "[[]]"])
  func `a claim of a wrong kind is malformed, not absent`(_ name: String, _ json: String) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) { try verify(.access.with(name, json)) }
  }

  @Test(arguments: ["iss", "sub", "jti", "sid", "client_id", "aud"], ["1", "-1.5", "[1]"])
  func `a number in place of a text is malformed`(_ name: String, _ json: String) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) { try verify(.access.with(name, json)) }
  }

  @Test(
    arguments: ["exp", "nbf", "iat", "auth_time"],
    [
      #""1800000000""#, #""""#, "[1800000000]", "-1", "253402300800", "1800000000000", "1e400",
      "9223372036854775808", "1e12",
    ])
  func `a date outside 1970 … 9999 is malformed`(_ name: String, _ json: String) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) { try verify(.access.with(name, json)) }
  }

  @Test func `an expiry in milliseconds is malformed, and doesn't last forever`() {
    #expect(throws: TokenError.oneClaim("exp", .malformed)) {
      try verify(.access.with("exp", "1800000900000"))
    }
  }

  @Test func `fractions are rounded to the shorter validity`() throws {
    let token = try verify(
      .access.with("exp", "1800000900.9").with("iat", "1799999999.1")
        .with("auth_time", "1799999998.5").with("nbf", "1799999999.001"))
    #expect(token.expiresAt.secondsSinceEpoch == 1_800_000_900)
    #expect(token.issuedAt.secondsSinceEpoch == 1_800_000_000)
    #expect(token.authenticatedAt.secondsSinceEpoch == 1_799_999_999)
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try verify(.access.with("exp", "1800000000.9"))
    }
    #expect(throws: TokenError.oneClaim("nbf", .notYetValid(in: .seconds(1)))) {
      try verify(.access.with("nbf", "1800000000.1"))
    }
  }

  @Test(arguments: ["sub", "jti", "client_id"])
  func `an empty sub, jti or client_id is malformed`(_ name: String) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) {
      try verify(.access.with(name, #""""#))
    }
  }

  @Test(arguments: [
    #""""#, #""AAAAAAAAAAAAAAAAAAAAA""#, #""AAAAAAAAAAAAAAAAAAAAAAA""#,
    #""AAAAAAAAAAAAAAAAAAAAAB""#, #""AAAAAAAAAAAAAAAAAAAA+A""#, #""\u0041AAAAAAAAAAAAAAAAAAAAA""#,
    #""AAAAAAAAAAAAAAAAAAAA==""#, #""\u0041AAAAAAAAAAAAAAAA""#,
  ])
  func `a sid that isn't 22 canonical digits without escapes is malformed`(_ json: String) {
    #expect(throws: TokenError.oneClaim("sid", .malformed)) {
      try verify(.access.with("sid", json))
    }
  }

  @Test(arguments: [
    "", "https://auth.example/", "https://auth.exampl", "https://Auth.example",
    "https://auth.example\\u0000", "https://auth.example ", "https://api.example",
  ])
  func `an issuer of other bytes is a mismatch`(_ issuer: String) {
    let actual = issuer.hasSuffix("u0000") ? "https://auth.example\0" : issuer
    let mismatch = ClaimFailure.Problem.mismatch(
      expected: [AuthorityFixture.issuer], actual: [actual])
    #expect(throws: TokenError.oneClaim("iss", mismatch)) {
      try verify(.access.with("iss", "\"\(issuer)\""))
    }
  }

  @Test func `an issuer with escapes is the text that they denote`() throws {
    #expect(
      try verify(.access.with("iss", #""https:\/\/auth\u002eexample""#)).issuer
        == AuthorityFixture.issuer)
  }

  @Test func `an issuer in an array is malformed`() {
    #expect(throws: TokenError.oneClaim("iss", .malformed)) {
      try verify(.access.with("iss", #"["\#(AuthorityFixture.issuer)"]"#))
    }
  }

  @Test func `issuers compare by bytes and not by canonical equivalence`() throws {
    let verifier = try AccessTokenVerifier(
      issuer: "caf\u{e9}", audience: "caf\u{e9}", keys: AuthorityFixture.accessKeys(),
      clock: .fixed(AuthorityFixture.start))
    let composed = HandMadeToken.access.with("iss", "\"caf\u{e9}\"").with("aud", "\"caf\u{e9}\"")
    _ = try verifier.verify(composed.signed)
    for name in ["iss", "aud"] {
      #expect(throws: TokenError.self) {
        try verifier.verify(composed.with(name, "\"cafe\u{301}\"").signed)
      }
    }
  }

  @Test(arguments: [
    #""https://api.example""#, #"["https://api.example"]"#, #"["x","https://api.example"]"#,
    #"["https://api.example","x",""]"#, #""https://api\u002eexample""#,
    #"["x","https:\/\/api.example"]"#,
  ])
  func `the audience is among the values of aud`(_ json: String) throws {
    #expect(try verify(.access.with("aud", json)).subject == "user-1")
  }

  @Test(arguments: [
    (#""https://auth.example""#, ["https://auth.example"]), (#""""#, [""]),
    (#"["x","y"]"#, ["x", "y"]), (#"["https://api.example/"]"#, ["https://api.example/"]),
    (#""https://api.exampl""#, ["https://api.exampl"]),
  ])
  func `other audiences are a mismatch`(_ json: String, _ actual: [String]) {
    let mismatch = ClaimFailure.Problem.mismatch(
      expected: [AuthorityFixture.audience], actual: actual)
    #expect(throws: TokenError.oneClaim("aud", mismatch)) { try verify(.access.with("aud", json)) }
  }

  @Test(arguments: ["[]", #"["https://api.example",1]"#, #"["https://api.example",null]"#])
  func `a list of audiences that is empty or mixed is malformed`(_ json: String) {
    #expect(throws: TokenError.oneClaim("aud", .malformed)) {
      try verify(.access.with("aud", json))
    }
  }
}
