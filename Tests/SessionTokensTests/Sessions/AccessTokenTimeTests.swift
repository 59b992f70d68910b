// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The rules of time, one second on either side of each boundary.
@Suite struct AccessTokenTimeTests {
  typealias Fixture = AuthorityFixture

  private func verify(
    _ token: HandMadeToken, leeway: Int64 = 0, issuedAtLeeway: Int64 = 30, after seconds: Int64
  ) throws -> AccessToken {
    try Fixture.verifier(
      leeway: leeway, issuedAtLeeway: issuedAtLeeway, at: Fixture.start + .seconds(seconds)
    ).verify(token.signed)
  }

  @Test(arguments: [0, 1, 5, 599, 600] as [Int64])
  func `a token expires at exp, plus the leeway`(_ leeway: Int64) throws {
    _ = try verify(.access, leeway: leeway, after: 0)
    _ = try verify(.access, leeway: leeway, after: 899 + leeway)
    for late in [0, 1, 86_400] as [Int64] {
      let error = TokenError.oneClaim("exp", .expired(ago: .seconds(leeway + late)))
      #expect(throws: error) { try verify(.access, leeway: leeway, after: 900 + leeway + late) }
      #expect(error.isExpired)
    }
  }

  @Test(arguments: [0, 1, 30, 600] as [Int64])
  func `iat may be ahead by its leeway, and no further`(
    _ leeway: Int64
  ) throws {
    _ = try verify(.access, issuedAtLeeway: leeway, after: -leeway)
    for ahead in [1, 2, 86_400] as [Int64] {
      #expect(throws: TokenError.oneClaim("iat", .issuedInFuture(by: .seconds(leeway + ahead)))) {
        try verify(.access, issuedAtLeeway: leeway, after: -leeway - ahead)
      }
    }
  }

  @Test(arguments: [0, 1, 5, 600] as [Int64])
  func `a token with nbf is valid from then on, less the leeway`(_ leeway: Int64) throws {
    let token = HandMadeToken.access.with("nbf", "1800000700")
    _ = try verify(token, leeway: leeway, after: 700 - leeway)
    _ = try verify(token, leeway: leeway, after: 701)
    for early in [1, 50] as [Int64] {
      #expect(throws: TokenError.oneClaim("nbf", .notYetValid(in: .seconds(leeway + early)))) {
        try verify(token, leeway: leeway, after: 700 - leeway - early)
      }
    }
  }

  @Test func `the leeways of exp and iat are independent of each other`() throws {
    #expect(throws: TokenError.oneClaim("iat", .issuedInFuture(by: .seconds(1)))) {
      try verify(.access, leeway: 600, issuedAtLeeway: 0, after: -1)
    }
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: .zero))) {
      try verify(.access, leeway: 0, issuedAtLeeway: 600, after: 900)
    }
  }

  @Test func `the moment of sign-in doesn't affect validity`() throws {
    let token = HandMadeToken.access.with("auth_time", "253402300799")
    #expect(try verify(token, after: 0).authenticatedAt == .maximum)
    let old = HandMadeToken.access.with("auth_time", "0")
    #expect(try verify(old, after: 0).authenticatedAt == .minimum)
  }

  @Test func `dates at the ends of time do not trap`() throws {
    let token = HandMadeToken.access.with("exp", "253402300799").with("iat", "0").with("nbf", "0")
    #expect(try verify(token, leeway: 600, after: 0).expiresAt == .maximum)
    var verifier = try Fixture.verifier(leeway: 600)
    verifier.clock = .fixed(.maximum)
    #expect(try verifier.verify(token.signed).issuedAt == .minimum)
    verifier.clock = .fixed(.minimum)
    #expect(try verifier.verify(token.signed).issuedAt == .minimum)
    let span = Duration.seconds(253_402_300_799)
    #expect(throws: TokenError.oneClaim("iat", .issuedInFuture(by: span))) {
      try verifier.verify(token.with("iat", "253402300799").signed)
    }
    verifier.clock = .fixed(.maximum)
    #expect(throws: TokenError.oneClaim("exp", .expired(ago: span))) {
      try verifier.verify(token.with("exp", "0").signed)
    }
  }
}
