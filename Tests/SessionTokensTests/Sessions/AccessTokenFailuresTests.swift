// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Tokens with more than one fault, and payloads that aren't claims at all.
@Suite struct AccessTokenFailuresTests {
  private func failures(of token: HandMadeToken) throws -> [ClaimFailure] {
    let error = try #require(throws: TokenError.self) {
      try AuthorityFixture.verifier().verify(token.signed)
    }
    guard case .invalidClaims(let failures) = error else { throw error }
    return failures
  }

  static let allWrong = HandMadeToken(claims: [
    ("client_id", "1"), ("auth_time", "-1"), ("sid", #""x""#), ("iat", "1800000031"),
    ("nbf", "1800000001"), ("exp", "1800000000"), ("aud", #""x""#), ("iss", #""x""#),
  ])

  static let allFailures = [
    ClaimFailure(
      claim: "iss", problem: .mismatch(expected: [AuthorityFixture.issuer], actual: ["x"])),
    ClaimFailure(claim: "sub", problem: .missing),
    ClaimFailure(
      claim: "aud", problem: .mismatch(expected: [AuthorityFixture.audience], actual: ["x"])),
    ClaimFailure(claim: "exp", problem: .expired(ago: .zero)),
    ClaimFailure(claim: "nbf", problem: .notYetValid(in: .seconds(1))),
    ClaimFailure(claim: "iat", problem: .issuedInFuture(by: .seconds(31))),
    ClaimFailure(claim: "jti", problem: .missing),
    ClaimFailure(claim: "sid", problem: .malformed),
    ClaimFailure(claim: "auth_time", problem: .malformed),
    ClaimFailure(claim: "client_id", problem: .malformed),
  ]

  @Test func `every failure is reported, in the order of the claims`() throws {
    #expect(try failures(of: Self.allWrong) == Self.allFailures)
    var reversed = Self.allWrong
    reversed.claims.reverse()
    #expect(try failures(of: reversed) == Self.allFailures)
  }

  @Test func `a token without claims misses every required claim`() throws {
    let failures = try failures(of: HandMadeToken(claims: []))
    #expect(
      failures.map(\.claim) == ["iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time"])
    #expect(failures.allSatisfy { $0.problem == .missing })
  }

  /// Leaves out a random set of claims, and expects exactly these to be missing.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the claims that are left out are the ones that are missing`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    let required = ["iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time"]
    let absent = required.filter { _ in Bool.random(using: &source) }
    var token = HandMadeToken.access
    for name in absent { token[name] = nil }
    token.claims.shuffle(using: &source)
    guard !absent.isEmpty else {
      _ = try AuthorityFixture.verifier().verify(token.signed)
      return
    }
    let failures = try failures(of: token)
    #expect(failures == absent.map { ClaimFailure(claim: $0, problem: .missing) })
  }

  @Test func `an error is an expiry only if nothing else is wrong`() throws {
    let expired = HandMadeToken.access.with("exp", "1799999990")
    let error = try #require(throws: TokenError.self) {
      try AuthorityFixture.verifier().verify(expired.signed)
    }
    #expect(error == .oneClaim("exp", .expired(ago: .seconds(10))))
    #expect(error.isExpired && error.code == "expired")
    let worse = try #require(throws: TokenError.self) {
      try AuthorityFixture.verifier().verify(expired.with("jti", nil).signed)
    }
    #expect(!worse.isExpired && worse.code == "invalid_claims")
  }

  @Test(arguments: ["", "null", "[]", "1", #""x""#, "{", "{}x", "{'a':1}", #"{"x":1e999}"#])
  func `a payload that isn't a JSON object is malformed`(_ payload: String) {
    let token = HandMadeToken.sign(
      header: HandMadeToken.access.header, payload: payload, with: AuthorityFixture.accessSecret)
    #expect(throws: TokenError.malformed(.json)) {
      try AuthorityFixture.verifier().verify(token)
    }
  }

  @Test(arguments: [#""sub":"x""#, #""s\u0075b":"x""#, #""role":"x""#, #""o":{"a":1,"a":1}"#])
  func `a name that appears twice is refused as such`(_ member: String) {
    let access = HandMadeToken.access
    let token = HandMadeToken.sign(
      header: access.header, payload: access.payload.dropLast() + "," + member + "}",
      with: AuthorityFixture.accessSecret)
    #expect(throws: TokenError.malformed(.duplicateName)) {
      try AuthorityFixture.verifier().verify(token)
    }
  }
}
