// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The expiry of a new session's tokens, and the start of its window.
@Suite struct SessionOpeningTimeTests {
  typealias Fixture = AuthorityFixture

  struct Row: Sendable {
    var access: Int64 = 900
    var refresh: Int64 = 86_400
    var idle: Int64?
    var signedInAfter: Int64 = 0
    /// Both ends, in seconds from now.
    let ends: (access: Int64, refresh: Int64)
  }

  @Test(arguments: [
    Row(ends: (900, 86_400)),
    Row(idle: 3_600, ends: (900, 3_600)),
    Row(idle: 901, ends: (900, 901)),
    Row(access: 86_400, ends: (86_400, 86_400)),
    Row(signedInAfter: -1, ends: (900, 86_399)),
    Row(signedInAfter: -85_500, ends: (900, 900)),
    Row(signedInAfter: -85_501, ends: (899, 899)),
    Row(signedInAfter: -86_399, ends: (1, 1)),
    Row(signedInAfter: -86_400, ends: (0, 0)),
    Row(signedInAfter: -86_401, ends: (-1, -1)),
    Row(idle: 3_600, signedInAfter: -82_800, ends: (900, 3_600)),
    Row(idle: 3_600, signedInAfter: -82_801, ends: (900, 3_599)),
  ])
  func `both tokens expire with the window at the latest`(_ row: Row) throws {
    let policy = try Fixture.policy(
      accessTTL: row.access, refreshTTL: row.refresh, idleTTL: row.idle)
    let (tokens, record) = try SessionOpeningTests.open(
      policy: policy, authenticatedAfter: row.signedInAfter)
    let withoutRecord = try Fixture.authority(policy: policy).openSessionWithoutRecord(
      subject: "user-1", authenticatedAt: Fixture.start + .seconds(row.signedInAfter))
    #expect(record.authenticatedAt == Fixture.start + .seconds(row.signedInAfter))
    for pair in [tokens, withoutRecord] {
      #expect(pair.accessExpiresAt == Fixture.start + .seconds(row.ends.access))
      #expect(pair.refreshExpiresAt == Fixture.start + .seconds(row.ends.refresh))
      for (token, end) in [
        (pair.accessToken, pair.accessExpiresAt), (pair.refreshToken, pair.refreshExpiresAt),
      ] {
        let claims = try OpenedToken(token).claims
        #expect(claims.exp == end.secondsSinceEpoch)
        #expect(claims.iat == Fixture.start.secondsSinceEpoch)
        #expect(claims.authTime == Fixture.start.secondsSinceEpoch + row.signedInAfter)
      }
      #expect(pair.response.expiresIn == .seconds(max(0, row.ends.access)))
    }
  }

  @Test(arguments: [1, 30, 86_400, 100_000_000_000] as [Int64])
  func `a sign-in ahead of the clock counts as now`(_ ahead: Int64) throws {
    let now = try SessionOpeningTests.open()
    let later = try SessionOpeningTests.open(authenticatedAfter: ahead)
    #expect(later.record == now.record)
    #expect(later.tokens == now.tokens)
    var (source, same) = (SeededGenerator(seed: 3), SeededGenerator(seed: 3))
    let authority = try Fixture.authority()
    #expect(
      try authority.openSessionWithoutRecord(
        subject: "u", authenticatedAt: Fixture.start + .seconds(ahead), using: &source)
        == authority.openSessionWithoutRecord(subject: "u", using: &same))
  }

  @Test func `tokens of a window that has closed are issued, and are expired`() throws {
    let (tokens, _) = try SessionOpeningTests.open(authenticatedAfter: -2_592_000)
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try Fixture.verifier().verify(tokens.accessToken)
    }
    #expect(tokens.response.expiresIn == .zero)
    #expect(tokens.response.refreshTokenExpiresIn == .zero)
  }

  @Test func `a session opens at both ends of time`() throws {
    let first = try Fixture.authority(at: .minimum).openSession(subject: "user-1")
    #expect(first.record.authenticatedAt == .minimum)
    #expect(first.tokens.accessExpiresAt.secondsSinceEpoch == 900)
    let last = try Fixture.authority(at: .maximum).openSession(subject: "user-1")
    #expect(last.tokens.accessExpiresAt == .maximum)
    #expect(last.tokens.refreshExpiresAt == .maximum)
    #expect(last.tokens.response.expiresIn == .zero)
  }
}
