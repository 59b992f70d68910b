// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The results of a sign-in: two tokens and a record.
@Suite struct SessionOpeningTests {
  typealias Fixture = AuthorityFixture

  static func open(
    policy: RotationPolicy? = nil, clientID: String? = "app", claims: CustomClaims = .empty,
    authenticatedAfter seconds: Int64? = nil
  ) throws -> (tokens: TokenPair, record: SessionRecord) {
    var source = SeededGenerator(seed: 2026)
    return try Fixture.authority(policy: policy).openSession(
      subject: "user-1", clientID: clientID, claims: claims,
      authenticatedAt: seconds.map { Fixture.start + .seconds($0) }, using: &source)
  }

  @Test func `the record has generation 0 and values drawn from the generator`() throws {
    var source = SeededGenerator(seed: 2026)
    let (id, secret) = (source.bytes(count: 16), source.bytes(count: 32))
    let record = try Self.open().record
    #expect(record.id.description == Base64URLBytes.text(id))
    #expect(record.secret.bytes == secret)
    #expect(record.subject == "user-1")
    #expect(record.clientID == "app")
    #expect(record.authenticatedAt == Fixture.start)
    #expect(record.rotatedAt == Fixture.start)
    #expect(record.generation == 0)
    #expect(record.idempotencyKeys == .empty)
    #expect(record.revocationReason == nil && record.revokedAt == nil)
    #expect(record.version == 0)
  }

  @Test func `six numbers are drawn for a record, two without one`() throws {
    var (source, same) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let authority = try Fixture.authority()
    _ = try authority.openSession(subject: "user-1", using: &source)
    for _ in 0..<6 { _ = same.next() }
    #expect(source.next() == same.next())
    _ = try authority.openSessionWithoutRecord(subject: "user-1", using: &source)
    for _ in 0..<2 { _ = same.next() }
    #expect(source.next() == same.next())
  }

  @Test func `without a generator no two sessions are alike`() throws {
    let authority = try Fixture.authority()
    let sessions = try (0..<4).map { _ in try authority.openSession(subject: "user-1") }
    #expect(Set(sessions.map(\.record.id)).count == 4)
    #expect(Set(sessions.map(\.record.secret.bytes)).count == 4)
    let pairs = try (0..<4).map { _ in try authority.openSessionWithoutRecord(subject: "user-1") }
    #expect(Set(try pairs.map { try OpenedToken($0.refreshToken).claims.sid }).count == 4)
  }

  @Test func `the access token states the session, for the audience`() throws {
    let (tokens, record) = try Self.open(claims: CustomClaims(["role": "admin"]))
    let token = try OpenedToken(tokens.accessToken)
    #expect(token.header == #"{"alg":"HS256","typ":"at+jwt","kid":"a-2026"}"#)
    let jti = token.claims.jti
    #expect(
      token.payload == """
        {"iss":"https://auth.example","sub":"user-1","aud":"https://api.example",\
        "exp":1800000900,"iat":1800000000,"jti":"\(jti)","sid":"\(record.id)",\
        "auth_time":1800000000,"client_id":"app","role":"admin"}
        """)
  }

  @Test func `the refresh token states the session, for the issuer and without custom claims`()
    throws
  {
    let (tokens, record) = try Self.open(claims: CustomClaims(["role": "admin"]))
    let token = try OpenedToken(tokens.refreshToken)
    #expect(token.header == #"{"alg":"HS256","typ":"rt+jwt","kid":"r-2026"}"#)
    let jti = token.claims.jti
    #expect(
      token.payload == """
        {"iss":"https://auth.example","sub":"user-1","aud":"https://auth.example",\
        "exp":1800604800,"iat":1800000000,"jti":"\(jti)","sid":"\(record.id)",\
        "auth_time":1800000000,"client_id":"app","gen":0}
        """)
  }

  @Test func `without a record only the refresh token's type and both identifiers differ`() throws {
    var source = SeededGenerator(seed: 2026)
    let pair = try Fixture.authority().openSessionWithoutRecord(
      subject: "user-1", clientID: "app", using: &source)
    let recorded = try Self.open().tokens
    let refresh = try OpenedToken(pair.refreshToken)
    #expect(refresh.header == #"{"alg":"HS256","typ":"rt-stateless+jwt","kid":"r-2026"}"#)
    let stateful = try OpenedToken(recorded.refreshToken)
    #expect(
      refresh.payload
        == stateful.payload.replacing(stateful.claims.jti, with: refresh.claims.jti))
    let (access, accessOfRecord) = try (
      OpenedToken(pair.accessToken), OpenedToken(recorded.accessToken)
    )
    #expect(access.header == accessOfRecord.header)
    #expect(
      access.payload
        == accessOfRecord.payload.replacing(accessOfRecord.claims.jti, with: access.claims.jti))
    #expect(pair.accessExpiresAt == recorded.accessExpiresAt)
    #expect(pair.refreshExpiresAt == recorded.refreshExpiresAt)
  }

  @Test func `without a client no token has a client_id`() throws {
    let (tokens, record) = try Self.open(clientID: nil)
    #expect(record.clientID == nil)
    #expect(try OpenedToken(tokens.accessToken).claims.clientID == nil)
    #expect(try OpenedToken(tokens.refreshToken).claims.clientID == nil)
  }

  @Test(arguments: ["record", "no record"])
  func `the clock is read once, even if the session is refused`(_ kind: String) async throws {
    var authority = try Fixture.authority()
    for subject in ["user-1", ""] {
      await confirmation { reading in
        authority.clock = .counting(reading, at: Fixture.start)
        if kind == "record" {
          _ = try? authority.openSession(subject: subject)
        } else {
          _ = try? authority.openSessionWithoutRecord(subject: subject)
        }
      }
    }
  }
}
