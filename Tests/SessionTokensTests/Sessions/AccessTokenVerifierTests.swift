// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The tokens that a resource server accepts, and the configuration of its verifier.
@Suite struct AccessTokenVerifierTests {
  typealias Fixture = AuthorityFixture

  @Test func `the authority's token is accepted and every claim reported`() throws {
    var source = SeededGenerator(seed: 2026)
    let claims = try CustomClaims(["role": "admin", "groups": [1, 2]])
    let signIn = Fixture.start - .seconds(100)
    let (tokens, record) = try Fixture.authority().openSession(
      subject: "user-1", clientID: "app", claims: claims, authenticatedAt: signIn, using: &source)
    let token = try Fixture.verifier().verify(tokens.accessToken)
    #expect(token.issuer == Fixture.issuer)
    #expect(token.subject == "user-1")
    #expect(token.clientID == "app")
    #expect(token.sessionID == record.id)
    #expect(token.authenticatedAt == signIn)
    #expect(token.issuedAt == Fixture.start)
    #expect(token.expiresAt == Fixture.start + .seconds(900))
    #expect(token.custom == claims.members)
    #expect(token["role"] == "admin")
    #expect(token["groups"] == [1, 2])
    #expect(token["sub"] == nil)
    #expect(try token.id == OpenedToken(tokens.accessToken).claims.jti)
    #expect(try Fixture.verifier().verify(authorization: "Bearer " + tokens.accessToken) == token)
  }

  @Test func `a hand-made token is accepted and every claim reported`() throws {
    let token = try Fixture.verifier().verify(HandMadeToken.access.signed)
    #expect(token.id == "BBBBBBBBBBBBBBBBBBBBBA")
    #expect(token.clientID == "app")
    #expect(token.custom == ["role": "admin"])
  }

  @Test func `a token without client_id gives no client`() throws {
    let token = try Fixture.verifier().verify(HandMadeToken.access.with("client_id", nil).signed)
    #expect(token.clientID == nil)
  }

  /// `gen` belongs to this package and isn't one of the server's custom claims.
  @Test func `a generation in an access token is ignored`() throws {
    let token = try Fixture.verifier().verify(HandMadeToken.access.with("gen", "\"x\"").signed)
    #expect(token.custom == ["role": "admin"])
  }

  @Test func `a verifier of the authority shares its clock, keys and skew`() throws {
    var authority = try Fixture.authority(policy: Fixture.policy(clockSkew: 5))
    let token = try authority.openSession(subject: "user-1").tokens.accessToken
    authority.clock = .fixed(Fixture.start - .seconds(5))
    _ = try authority.accessTokenVerifier.verify(token)
    authority.clock = .fixed(Fixture.start - .seconds(6))
    #expect(throws: TokenError.oneClaim("iat", .issuedInFuture(by: .seconds(6)))) {
      try authority.accessTokenVerifier.verify(token)
    }
    authority.clock = .fixed(Fixture.start + .seconds(900))
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try authority.accessTokenVerifier.verify(token)
    }
  }

  @Test(arguments: [("", "x", "issuer"), ("x", "", "audience"), ("", "", "issuer")])
  func `an empty issuer or audience is refused`(
    _ issuer: String, _ audience: String, _ name: String
  ) {
    #expect(throws: ConfigurationError.empty(name)) {
      try AccessTokenVerifier(issuer: issuer, audience: audience, keys: Fixture.accessKeys())
    }
  }

  @Test(arguments: [(0, 0), (600, 600), (0, 600), (600, 0)])
  func `a leeway of 0 … 600 s is accepted`(_ leeway: Int64, _ issuedAt: Int64) throws {
    _ = try Fixture.verifier(leeway: leeway, issuedAtLeeway: issuedAt)
      .verify(HandMadeToken.access.signed)
  }

  @Test(
    arguments: [
      (-1, 0, "leeway"), (601, 0, "leeway"), (.max, 0, "leeway"), (.min, 0, "leeway"),
      (0, -1, "issuedAtLeeway"), (0, 601, "issuedAtLeeway"), (0, .max, "issuedAtLeeway"),
    ] as [(Int64, Int64, String)])
  func `a leeway outside 0 … 600 s is refused`(_ leeway: Int64, _ issuedAt: Int64, _ name: String) {
    #expect(throws: ConfigurationError.outOfRange(name, "0 … 600 s")) {
      try Fixture.verifier(leeway: leeway, issuedAtLeeway: issuedAt)
    }
  }

  @Test func `a leeway with a fraction of a second is refused`() {
    #expect(throws: ConfigurationError.notWholeSeconds("leeway")) {
      try AccessTokenVerifier(
        issuer: "i", audience: "a", keys: Fixture.accessKeys(), leeway: .milliseconds(1))
    }
    #expect(throws: ConfigurationError.notWholeSeconds("issuedAtLeeway")) {
      try AccessTokenVerifier(
        issuer: "i", audience: "a", keys: Fixture.accessKeys(), issuedAtLeeway: .milliseconds(1))
    }
  }

  @Test func `the default leeway is 0 for exp and 30 s for iat`() throws {
    var verifier = try AccessTokenVerifier(
      issuer: Fixture.issuer, audience: Fixture.audience, keys: Fixture.accessKeys())
    verifier.clock = .fixed(Fixture.start + .seconds(900))
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try verifier.verify(HandMadeToken.access.signed)
    }
    verifier.clock = .fixed(Fixture.start - .seconds(30))
    _ = try verifier.verify(HandMadeToken.access.signed)
    verifier.clock = .fixed(Fixture.start - .seconds(31))
    #expect(throws: TokenError.oneClaim("iat", .issuedInFuture(by: .seconds(31)))) {
      try verifier.verify(HandMadeToken.access.signed)
    }
  }

  @Test(arguments: [
    nil, "", "Basic x", "Bearer", "Bearer a b", "Bearer a.b.c",
    "Bearer " + HandMadeToken.access.signed,
    "Bearer " + HandMadeToken.access.with("exp", nil).signed,
  ])
  func `the clock is read once for a field, even if it is refused`(_ field: String?) async throws {
    var verifier = try Fixture.verifier()
    await confirmation { reading in
      verifier.clock = .counting(reading, at: Fixture.start)
      _ = try? verifier.verify(authorization: field)
    }
  }

  @Test(arguments: [
    "", "a.b.c", HandMadeToken.access.signed, HandMadeToken.access.with("exp", "1").signed,
    HandMadeToken.access.signed(with: AuthorityFixture.refreshSecret),
  ])
  func `the clock is read once for a token, even if it is refused`(
    _ token: String
  ) async throws {
    var verifier = try Fixture.verifier()
    await confirmation { reading in
      verifier.clock = .counting(reading, at: Fixture.start)
      _ = try? verifier.verify(token)
    }
  }
}
