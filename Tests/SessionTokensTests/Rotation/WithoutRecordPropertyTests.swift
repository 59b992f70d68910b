// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Properties of every policy and schedule of refreshes, tested on random ones.
@Suite struct WithoutRecordPropertyTests {
  typealias Fixture = AuthorityFixture

  private static func policy(using source: inout SeededGenerator) throws -> RotationPolicy {
    let longest: Int64 = [3, 10_000, 3_155_760_000].randomElement(using: &source) ?? 3
    let refresh = Int64.random(in: 1...longest, using: &source)
    let access = Int64.random(in: 1...refresh, using: &source)
    return try Fixture.policy(
      accessTTL: access, refreshTTL: refresh,
      idleTTL: Bool.random(using: &source) || access == refresh
        ? nil : .random(in: access + 1...refresh, using: &source),
      retryGrace: 0, clockSkew: .random(in: 0...600, using: &source))
  }

  /// A moment at which something changes, or any other.
  private static func moment(
    after now: NumericDate, _ pair: TokenPair, skew: Duration, using source: inout SeededGenerator
  ) -> NumericDate {
    let ends = [now, now - skew, pair.accessExpiresAt, pair.refreshExpiresAt]
    let end = ends.randomElement(using: &source) ?? now
    let span: Int64 = max(1, (pair.refreshExpiresAt - now).components.seconds)
    return Int.random(in: 0..<3, using: &source) == 0
      ? now + .seconds(Int64.random(in: 0...span, using: &source))
      : end + .seconds(Int64.random(in: -1...1, using: &source))
  }

  /// Both tokens expire with the window, and are valid until one second before they expire.
  private func check(
    _ pair: TokenPair, _ authority: SessionAuthority, signIn: NumericDate, generation: Int64
  ) throws {
    var authority = authority
    let policy = authority.policy
    let (access, refresh) = try (OpenedToken(pair.accessToken), OpenedToken(pair.refreshToken))
    let issuedAt = NumericDate(clamping: access.claims.iat)
    let window = RefreshWindow(authenticatedAt: signIn, rotatedAt: issuedAt, policy: policy)
    #expect(refresh.claims.iat == access.claims.iat)
    #expect(refresh.claims.authTime == signIn.secondsSinceEpoch)
    #expect(access.claims.authTime == signIn.secondsSinceEpoch)
    #expect(refresh.claims.gen == generation && access.claims.gen == nil)
    #expect(refresh.claims.exp == window.closesAt.secondsSinceEpoch)
    #expect(pair.refreshExpiresAt == window.closesAt)
    #expect(pair.refreshExpiresAt <= signIn + policy.refreshTTL)
    #expect(access.claims.exp <= refresh.claims.exp)
    #expect(access.claims.exp == pair.accessExpiresAt.secondsSinceEpoch)
    #expect(pair.accessExpiresAt <= issuedAt + policy.accessTTL)
    #expect(pair.accessExpiresAt > issuedAt)
    let last = pair.accessExpiresAt - .seconds(1)
    authority.clock = .fixed(last)
    _ = try authority.accessTokenVerifier.verify(pair.accessToken)
    authority.clock = .fixed(pair.accessExpiresAt)
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try authority.accessTokenVerifier.verify(pair.accessToken)
    }
    authority.clock = .fixed(pair.refreshExpiresAt - .seconds(1))
    _ = try authority.rotateWithoutRecord(
      pair.refreshToken, signedInSince: signIn, claims: .empty
    ).get()
    authority.clock = .fixed(pair.refreshExpiresAt)
    #expect(
      authority.rotateWithoutRecord(pair.refreshToken, signedInSince: nil, claims: .empty)
        == .failure(.windowClosed(by: window.boundBy)))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `no token outlives the window, and each is valid until it expires`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<5 {
      let policy = try Self.policy(using: &source)
      var authority = try Fixture.authority(policy: policy)
      var pair = try authority.openSessionWithoutRecord(subject: "user-1", using: &source)
      let signIn = Fixture.start
      var (issuedAt, now) = (signIn, signIn)
      var generation: Int64 = 0
      try check(pair, authority, signIn: signIn, generation: generation)
      for _ in 0..<12 {
        now = Self.moment(after: now, pair, skew: policy.clockSkew, using: &source)
        authority.clock = .fixed(now)
        let result = authority.rotateWithoutRecord(
          pair.refreshToken, signedInSince: nil, claims: .empty)
        let expected = Self.refusal(of: pair, issuedAt: issuedAt, signIn: signIn, policy, at: now)
        if let expected {
          #expect(result == .failure(expected))
          now = max(now, signIn)
          continue
        }
        pair = try result.get()
        issuedAt = max(issuedAt, now)
        generation += 1
        #expect(pair.accessExpiresAt > now && pair.response.expiresIn > .zero)
        try check(pair, authority, signIn: signIn, generation: generation)
      }
    }
  }

  /// The decision in plain integers.
  private static func refusal(
    of pair: TokenPair, issuedAt: NumericDate, signIn: NumericDate, _ policy: RotationPolicy,
    at now: NumericDate
  ) -> Refusal? {
    let now = now.secondsSinceEpoch
    let skew = policy.clockSkew.components.seconds
    if max(issuedAt, signIn).secondsSinceEpoch - now > skew { return .clockSkew }
    let absolute = signIn.secondsSinceEpoch + policy.refreshTTL.components.seconds
    let idle = policy.idleTTL.map { issuedAt.secondsSinceEpoch + $0.components.seconds }
    if now >= min(absolute, idle ?? absolute) {
      return .windowClosed(by: (idle ?? absolute) < absolute ? .idle : .absolute)
    }
    return nil
  }
}
