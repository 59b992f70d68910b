// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The window over many refreshes without a record.
@Suite struct WithoutRecordWindowTests {
  typealias Fixture = AuthorityFixture

  private func rotate(
    _ token: String, _ authority: inout SessionAuthority, at now: NumericDate
  ) -> Result<TokenPair, Refusal> {
    authority.clock = .fixed(now)
    return authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty)
  }

  @Test func `many refreshes do not move the absolute end`() throws {
    let policy = try Fixture.policy(refreshTTL: 10_000, idleTTL: 3_000)
    var authority = try Fixture.authority(policy: policy)
    let end = Fixture.start + .seconds(10_000)
    var pair = try authority.openSessionWithoutRecord(subject: "user-1")
    var generation: Int64 = 0
    for now in stride(from: 100, to: 10_000, by: 100) {
      pair = try rotate(
        pair.refreshToken, &authority, at: Fixture.start + .seconds(now)
      ).get()
      generation += 1
      let claims = try OpenedToken(pair.refreshToken).claims
      #expect(claims.authTime == Fixture.start.secondsSinceEpoch)
      #expect(claims.gen == generation)
      #expect(pair.refreshExpiresAt == min(end, Fixture.start + .seconds(now + 3_000)))
      #expect(pair.accessExpiresAt == min(end, Fixture.start + .seconds(now + 900)))
    }
    #expect(generation == 99)
    pair = try rotate(pair.refreshToken, &authority, at: end - .seconds(1)).get()
    #expect(pair.accessExpiresAt == end && pair.refreshExpiresAt == end)
    #expect(pair.response.expiresIn == .seconds(1))
    #expect(
      rotate(pair.refreshToken, &authority, at: end) == .failure(.windowClosed(by: .absolute)))
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try authority.accessTokenVerifier.verify(pair.accessToken)
    }
  }

  @Test func `each refresh moves the idle end, and a refresh at that end is refused`() throws {
    let policy = try Fixture.policy(refreshTTL: 100_000, idleTTL: 3_000)
    var authority = try Fixture.authority(policy: policy)
    var pair = try authority.openSessionWithoutRecord(subject: "user-1")
    var now = Fixture.start
    for _ in 0..<10 {
      #expect(
        rotate(pair.refreshToken, &authority, at: now + .seconds(3_000))
          == .failure(.windowClosed(by: .idle)))
      now = now + .seconds(2_999)
      pair = try rotate(pair.refreshToken, &authority, at: now).get()
      #expect(pair.refreshExpiresAt == now + .seconds(3_000))
    }
  }

  @Test func `an old refresh token keeps its own idle end`() throws {
    let policy = try Fixture.policy(refreshTTL: 100_000, idleTTL: 3_000)
    var authority = try Fixture.authority(policy: policy)
    let first = try authority.openSessionWithoutRecord(subject: "user-1")
    _ = try rotate(first.refreshToken, &authority, at: Fixture.start + .seconds(2_000)).get()
    _ = try rotate(first.refreshToken, &authority, at: Fixture.start + .seconds(2_999)).get()
    #expect(
      rotate(first.refreshToken, &authority, at: Fixture.start + .seconds(3_000))
        == .failure(.windowClosed(by: .idle)))
  }

  @Test func `a session is refreshed for a hundred years, and then ends`() throws {
    let policy = try Fixture.policy(refreshTTL: 3_155_760_000, idleTTL: nil)
    var authority = try Fixture.authority(policy: policy)
    let pair = try authority.openSessionWithoutRecord(subject: "user-1")
    let end = Fixture.start + .seconds(3_155_760_000)
    _ = try rotate(pair.refreshToken, &authority, at: end - .seconds(1)).get()
    #expect(
      rotate(pair.refreshToken, &authority, at: end) == .failure(.windowClosed(by: .absolute)))
  }

  @Test func `the window is closed at the end of time, and nothing traps`() throws {
    var authority = try Fixture.authority(at: .maximum)
    let pair = try authority.openSessionWithoutRecord(subject: "user-1")
    #expect(
      rotate(pair.refreshToken, &authority, at: .maximum)
        == .failure(.windowClosed(by: .absolute)))
    #expect(rotate(pair.refreshToken, &authority, at: .minimum) == .failure(.clockSkew))
  }
}
