// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The description of a pair, and the response body that it gives.
@Suite struct TokenPairTests {
  static func pair(
    access: String = "a.b.c", refresh: String = "d.e.f", accessEnd: Int64 = 900,
    refreshEnd: Int64 = 86_400, decided: Int64 = 0
  ) -> TokenPair {
    let start = AuthorityFixture.start
    return TokenPair(
      access: SecretString(access), refresh: SecretString(refresh),
      accessExpiresAt: start + .seconds(accessEnd), refreshExpiresAt: start + .seconds(refreshEnd),
      decidedAt: start + .seconds(decided))
  }

  @Test(
    arguments: [
      (0, 900, 86_400), (1, 899, 86_399), (899, 1, 85_501), (900, 0, 85_500), (901, 0, 85_499),
      (86_399, 0, 1), (86_400, 0, 0), (86_401, 0, 0), (1_000_000, 0, 0), (-30, 930, 86_430),
    ] as [(Int64, Int64, Int64)])
  func `lifetimes count from the decision and end at zero`(
    _ decided: Int64, _ access: Int64, _ refresh: Int64
  ) {
    let response = Self.pair(decided: decided).response
    #expect(response.accessToken == "a.b.c")
    #expect(response.refreshToken == "d.e.f")
    #expect(response.expiresIn == .seconds(access))
    #expect(response.refreshTokenExpiresIn == .seconds(refresh))
  }

  @Test func `two pairs are equal when their tokens are, whenever they were issued`() {
    let pair = Self.pair()
    #expect(pair == Self.pair(decided: 500))
    #expect(pair != Self.pair(access: "a.b.d"))
    #expect(pair != Self.pair(refresh: "d.e.g"))
    #expect(pair != Self.pair(accessEnd: 901))
    #expect(pair != Self.pair(refreshEnd: 86_401))
    #expect(Set([pair, Self.pair(access: "a.b.d"), Self.pair(refresh: "d.e.g"), pair]).count == 3)
  }

  @Test func `a pair's description has the tokens' expiry`() {
    #expect(
      Self.pair().description
        == "TokenPair(accessExpiresAt: 1800000900, refreshExpiresAt: 1800086400)")
  }

  @Test func `the response of an opened session has its policy's lifetimes`() throws {
    let pair = try AuthorityFixture.authority().openSession(subject: "user-1").tokens
    #expect(pair.accessExpiresAt == AuthorityFixture.start + .seconds(900))
    #expect(pair.refreshExpiresAt == AuthorityFixture.start + .seconds(604_800))
    #expect(pair.response.expiresIn == .seconds(900))
    #expect(pair.response.refreshTokenExpiresIn == .seconds(604_800))
    #expect(pair.response.accessToken == pair.accessToken)
    #expect(pair.response.refreshToken == pair.refreshToken)
  }
}
