// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Fractions of a second are rounded to the shorter validity: `exp` down, the others up.
@Suite struct ClaimFractionTests {
  @Test(
    arguments: [
      ("100.5", 100, 101), ("100.0", 100, 100), ("100", 100, 100),
      ("99.99999999999999999999999999", 99, 100), ("100.00000000000000000000000001", 100, 101),
      ("1.005e2", 100, 101), ("1e2", 100, 100), ("10050e-2", 100, 101), ("1000E-1", 100, 100),
      ("253402300798.5", 253_402_300_798, 253_402_300_799), ("0.1", 0, 1), ("-0", 0, 0),
    ] as [(String, Int64, Int64)])
  func `exp rounds down, nbf and iat round up`(
    _ literal: String, _ down: Int64, _ up: Int64
  ) throws {
    let token = RawToken(payload: #"{"exp":\#(literal),"nbf":\#(literal),"iat":\#(literal)}"#)
    let claims = try UnverifiedJWT(token.compact).claims()
    #expect(claims.expiresAt?.secondsSinceEpoch == down)
    #expect(claims.notBefore?.secondsSinceEpoch == up)
    #expect(claims.issuedAt?.secondsSinceEpoch == up)
  }

  @Test func `a token is expired in the second in which its exp falls`() throws {
    let token = RawToken(payload: #"{"exp":100.999}"#)
    _ = try token.decode(validator: RawToken.validator(at: 99))
    let failure = ClaimFailure(claim: "exp", problem: .expired(ago: .zero))
    #expect(throws: TokenError.invalidClaims([failure])) {
      try token.decode(validator: RawToken.validator(at: 100))
    }
  }

  @Test func `a token is not yet valid in the second in which its nbf falls`() throws {
    let token = RawToken(payload: #"{"nbf":100.001}"#)
    _ = try token.decode(validator: RawToken.validator(at: 101))
    let failure = ClaimFailure(claim: "nbf", problem: .notYetValid(in: .seconds(1)))
    #expect(throws: TokenError.invalidClaims([failure])) {
      try token.decode(validator: RawToken.validator(at: 100))
    }
  }

  @Test func `rounding may lead out of the range or into it`() throws {
    let out = RawToken(payload: #"{"nbf":253402300799.5,"iat":253402300799.5}"#)
    #expect(
      throws: TokenError.invalidClaims([
        ClaimFailure(claim: "nbf", problem: .malformed),
        ClaimFailure(claim: "iat", problem: .malformed),
      ])
    ) { try UnverifiedJWT(out.compact).claims() }
    let into = RawToken(payload: #"{"exp":253402300799.5,"nbf":-0.5}"#)
    let claims = try UnverifiedJWT(into.compact).claims()
    #expect(claims.expiresAt == .maximum)
    #expect(claims.notBefore == .minimum)
  }
}
