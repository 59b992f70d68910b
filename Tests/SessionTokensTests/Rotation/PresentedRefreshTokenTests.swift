// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The requirements for a refresh token of either kind, and the refusal for each failure.
@Suite struct PresentedRefreshTokenTests {
  typealias Fixture = AuthorityFixture

  /// The refusals of both kinds of session for the same claims under their own type.
  private func refusals(
    of token: HandMadeToken, secret: [UInt8] = Fixture.refreshSecret
  ) throws -> [Refusal?] {
    var withoutRecord = token
    if token.type == "rt+jwt" { withoutRecord.type = "rt-stateless+jwt" }
    return try [
      Self.recorded(token.signed(with: secret)),
      Self.unrecorded(withoutRecord.signed(with: secret)),
    ]
  }

  static func recorded(_ token: String) throws -> Refusal? {
    let authority = try Fixture.authority()
    do throws(Refusal) {
      _ = try authority.verifyRefresh(token)
      return nil
    } catch {
      return error
    }
  }

  static func unrecorded(_ token: String) throws -> Refusal? {
    let authority = try Fixture.authority()
    switch authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty) {
    case .success: return nil
    case .failure(let refusal): return refusal
    }
  }

  static let token = HandMadeToken.refresh(type: "rt+jwt")

  @Test func `a token of the form is accepted and names its session`() throws {
    #expect(try refusals(of: Self.token) == [nil, nil])
    let presented = try Fixture.authority().verifyRefresh(
      Self.token.signed(with: Fixture.refreshSecret))
    #expect(presented.sessionID.description == "AAAAAAAAAAAAAAAAAAAAAA")
    #expect(presented.subject == "user-1")
    #expect(presented.generation == 3)
    #expect(presented.clientID == "app")
    #expect(presented.claims.authenticatedAt.secondsSinceEpoch == 1_800_000_000)
    #expect(presented.claims.issuedAt.secondsSinceEpoch == 1_800_000_000)
    #expect(presented.claims.expiresAt.secondsSinceEpoch == 1_800_604_800)
    #expect(presented.id.text == "BBBBBBBBBBBBBBBBBBBBBA")
  }

  @Test(
    arguments: [
      (nil, .missing), ("null", .malformed), ("-1", .malformed), ("1.5", .malformed),
    ] as [(String?, ClaimFailure.Problem)])
  func `a wrong generation is reported as missing or malformed`(
    _ json: String?, _ problem: ClaimFailure.Problem
  ) throws {
    let authority = try Fixture.authority()
    let token = Self.token.with("gen", json).signed(with: Fixture.refreshSecret)
    #expect(throws: TokenError.invalidClaims([ClaimFailure(claim: "gen", problem: problem)])) {
      try PresentedRefreshToken(token, keys: authority.refreshKeys, issuer: authority.issuer)
    }
  }

  @Test(arguments: ["iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time", "gen"])
  func `a token without a required claim is refused`(_ name: String) throws {
    #expect(try refusals(of: Self.token.with(name, nil)) == [.malformed, .malformed])
  }

  @Test(
    arguments: [
      "iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time", "client_id", "gen",
    ], ["null", "true", "{}", "[[]]", "-1", "[]"])
  func `a token with a claim of the wrong kind is refused`(_ name: String, _ json: String) throws {
    #expect(try refusals(of: Self.token.with(name, json)) == [.malformed, .malformed])
  }

  @Test(arguments: [
    ("iss", #"["\#(Fixture.issuer)"]"#), ("sub", #""""#), ("jti", #""""#),
    ("jti", #""BBBBBBBBBBBBBBBBBBBBBB""#),
    ("jti", #""BBBBBBBBBBBBBBBBBBBBB""#), ("sid", #""AAAAAAAAAAAAAAAAAAAAAB""#),
    ("gen", "1.0"), ("gen", "0.5"), ("gen", "1e2"), ("gen", "9223372036854775808"),
    ("gen", #""1""#), ("exp", "253402300800"), ("iat", "1800000000000"), ("auth_time", #""1""#),
  ])
  func `a token with a malformed claim is refused`(_ name: String, _ json: String) throws {
    #expect(try refusals(of: Self.token.with(name, json)) == [.malformed, .malformed])
  }

  @Test(arguments: ["0", "1", "-0", "9223372036854775806", "9223372036854775807"])
  func `a generation is a whole number from 0`(_ json: String) throws {
    #expect(try refusals(of: Self.token.with("gen", json)) == [nil, nil])
  }

  @Test(arguments: [
    ("iss", #""https://other.example""#, "iss"), ("aud", #""https://api.example""#, "aud"),
    ("aud", #"["https://api.example","x"]"#, "aud"), ("iss", #""""#, "iss"),
    ("iss", #""https://auth.example/""#, "iss"),
  ])
  func `a token of another issuer or audience is the wrong token`(
    _ name: String, _ json: String, _ field: String
  ) throws {
    let refusal = Refusal.wrongToken(field: field)
    #expect(try refusals(of: Self.token.with(name, json)) == [refusal, refusal])
    #expect(
      try refusals(of: Self.token.with(name, json).with("sub", nil)) == [refusal, refusal])
  }

  @Test func `the issuer is named for a token of another issuer and audience`() throws {
    let other = Self.token.with("iss", #""x""#).with("aud", #""x""#)
    #expect(try refusals(of: other) == [.wrongToken(field: "iss"), .wrongToken(field: "iss")])
  }

  @Test func `the issuer may be one of several audiences`() throws {
    let token = Self.token.with("aud", #"["x","https://auth.example"]"#)
    #expect(try refusals(of: token) == [nil, nil])
  }

  @Test(arguments: ["at+jwt", "JWT", "rt", "rt+jwt2", nil])
  func `a token of another type is the wrong token, whoever signed it`(_ type: String?) throws {
    var token = Self.token
    token.type = type
    let refusal = Refusal.wrongToken(field: "typ")
    #expect(try refusals(of: token) == [refusal, refusal])
    token.keyID = "nobody"
    #expect(try refusals(of: token) == [refusal, refusal])
  }

  @Test func `each kind of session refuses the other's tokens and the access token`() throws {
    let authority = try Fixture.authority()
    let recorded = try authority.openSession(subject: "user-1").tokens
    let unrecorded = try authority.openSessionWithoutRecord(subject: "user-1")
    let refusal = Refusal.wrongToken(field: "typ")
    #expect(try Self.unrecorded(recorded.refreshToken) == refusal)
    #expect(try Self.recorded(unrecorded.refreshToken) == refusal)
    for token in [recorded.accessToken, unrecorded.accessToken] {
      #expect(try Self.unrecorded(token) == refusal)
      #expect(try Self.recorded(token) == refusal)
    }
    #expect(try Self.recorded(recorded.refreshToken) == nil)
    #expect(try Self.unrecorded(unrecorded.refreshToken) == nil)
  }
}
