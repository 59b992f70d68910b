// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The refresh of a session without a record.
@Suite struct WithoutRecordRotationTests {
  typealias Fixture = AuthorityFixture

  static func opened(_ authority: SessionAuthority) throws -> TokenPair {
    var source = SeededGenerator(seed: 7)
    return try authority.openSessionWithoutRecord(
      subject: "user-1", clientID: "app", authenticatedAt: Fixture.start - .seconds(50),
      using: &source)
  }

  @Test func `a refresh gives tokens of the next generation of the same session`() throws {
    var authority = try Fixture.authority()
    let opened = try Self.opened(authority)
    authority.clock = .fixed(Fixture.start + .seconds(1_000))
    let pair = try authority.rotateWithoutRecord(
      opened.refreshToken, signedInSince: nil,
      claims: CustomClaims(["role": "user"])
    ).get()
    let (before, after) = try (
      OpenedToken(opened.refreshToken), OpenedToken(pair.refreshToken)
    )
    let (sid, jti) = (before.claims.sid, after.claims.jti)
    #expect(jti != before.claims.jti)
    #expect(after.header == #"{"alg":"HS256","typ":"rt-stateless+jwt","kid":"r-2026"}"#)
    #expect(
      after.payload == """
        {"iss":"https://auth.example","sub":"user-1","aud":"https://auth.example",\
        "exp":1800605800,"iat":1800001000,"jti":"\(jti)","sid":"\(sid)",\
        "auth_time":1799999950,"client_id":"app","gen":1}
        """)
    let access = try authority.accessTokenVerifier.verify(pair.accessToken)
    #expect(access.sessionID.description == sid)
    #expect(access.subject == "user-1" && access.clientID == "app")
    #expect(access.issuedAt == Fixture.start + .seconds(1_000))
    #expect(access.expiresAt == Fixture.start + .seconds(1_900))
    #expect(access.authenticatedAt == Fixture.start - .seconds(50))
    #expect(access.custom == ["role": "user"])
    #expect(pair.response.expiresIn == .seconds(900))
    #expect(pair.response.refreshTokenExpiresIn == .seconds(604_800))
  }

  @Test func `the same token at the same moment gives the same tokens`() throws {
    let authority = try Fixture.authority()
    let token = try Self.opened(authority).refreshToken
    let pair = try authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty).get()
    #expect(
      authority.rotateWithoutRecord(token, signedInSince: .minimum, claims: .empty)
        == .success(pair))
    var later = authority
    later.clock = .fixed(Fixture.start + .seconds(1))
    #expect(
      try later.rotateWithoutRecord(token, signedInSince: nil, claims: .empty).get()
        .refreshToken != pair.refreshToken)
  }

  @Test func `a clock behind the token's within the skew doesn't set the session back`() throws {
    var authority = try Fixture.authority()
    let token = try Self.opened(authority).refreshToken
    authority.clock = .fixed(Fixture.start - .seconds(30))
    let pair = try authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty).get()
    #expect(try OpenedToken(pair.refreshToken).claims.iat == Fixture.start.secondsSinceEpoch)
    #expect(pair.accessExpiresAt == Fixture.start + .seconds(900))
    #expect(pair.response.expiresIn == .seconds(930))
    _ = try authority.accessTokenVerifier.verify(pair.accessToken)
  }

  @Test func `a sign-in that is ahead within the skew doesn't prevent a refresh`()
    throws
  {
    let token = HandMadeToken.refresh(type: "rt-stateless+jwt").with("auth_time", "1800000030")
    let pair = try Fixture.authority().rotateWithoutRecord(
      token.signed(with: Fixture.refreshSecret), signedInSince: nil, claims: .empty
    ).get()
    #expect(try OpenedToken(pair.refreshToken).claims.authTime == 1_800_000_030)
  }

  @Test func `a session without a client has none after a refresh`() throws {
    let authority = try Fixture.authority()
    let opened = try authority.openSessionWithoutRecord(subject: "user-1")
    let pair = try authority.rotateWithoutRecord(
      opened.refreshToken, signedInSince: nil, claims: .empty
    ).get()
    #expect(try OpenedToken(pair.refreshToken).claims.clientID == nil)
    #expect(try authority.accessTokenVerifier.verify(pair.accessToken).clientID == nil)
  }

  @Test func `the last generation has no next one, and nothing traps`() throws {
    let token = HandMadeToken.refresh(type: "rt-stateless+jwt").with("gen", "\(Int64.max)")
    let pair = try Fixture.authority().rotateWithoutRecord(
      token.signed(with: Fixture.refreshSecret), signedInSince: nil, claims: .empty
    ).get()
    #expect(try OpenedToken(pair.refreshToken).claims.gen == .max)
  }

  @Test func `an old key is accepted and the new one signs`() throws {
    let old = try SigningKey(id: "old", secret: [UInt8](repeating: 1, count: 32))
    let new = try SigningKey(id: "new", secret: [UInt8](repeating: 2, count: 32))
    let token = try Self.opened(Fixture.authority(refreshKeys: KeyRing(active: old))).refreshToken
    let both = try Fixture.authority(refreshKeys: KeyRing(active: new, alsoAccepting: [old]))
    let pair = try both.rotateWithoutRecord(token, signedInSince: nil, claims: .empty).get()
    #expect(
      try OpenedToken(pair.refreshToken).header
        == #"{"alg":"HS256","typ":"rt-stateless+jwt","kid":"new"}"#)
    let onlyNew = try Fixture.authority(refreshKeys: KeyRing(active: new))
    #expect(
      onlyNew.rotateWithoutRecord(token, signedInSince: nil, claims: .empty)
        == .failure(.unknownKey))
    let retired = try Fixture.authority(refreshKeys: KeyRing(active: new, retired: ["old"]))
    #expect(
      retired.rotateWithoutRecord(token, signedInSince: nil, claims: .empty)
        == .failure(.retiredKey))
    #expect(
      retired.rotateWithoutRecord("a.b.c", signedInSince: nil, claims: .empty)
        == .failure(.malformed))
    _ = try onlyNew.rotateWithoutRecord(
      pair.refreshToken, signedInSince: nil, claims: .empty
    ).get()
  }

  @Test func `the clock is read once, even if the token is refused`() async throws {
    var authority = try Fixture.authority()
    let token = try Self.opened(authority).refreshToken
    for (token, now) in [
      (token, Fixture.start), ("", Fixture.start), ("a.b.c", Fixture.start), (token, .maximum),
      (token, .minimum),
    ] {
      await confirmation { reading in
        authority.clock = .counting(reading, at: now)
        _ = authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty)
      }
    }
  }
}
