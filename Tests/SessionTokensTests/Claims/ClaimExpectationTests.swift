// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Expectations of `iss` and `aud`: given or waived, and compared by bytes.
@Suite struct ClaimExpectationTests {
  private static let composed = "caf\u{e9}"
  private static let decomposed = "cafe\u{301}"

  private func failures(
    _ payload: String, issuer: ClaimsValidator.Expectation = .notChecked,
    audience: ClaimsValidator.Expectation = .notChecked
  ) throws -> [ClaimFailure] {
    let validator = try ClaimsValidator(
      issuer: issuer, audience: audience, expiry: .whenPresent,
      clock: .fixed(NumericDate(clamping: 0)))
    do {
      _ = try RawToken(payload: payload).decode(validator: validator)
      return []
    } catch TokenError.invalidClaims(let failures) {
      return failures
    }
  }

  @Test(
    arguments: [
      (#"{"iss":"a"}"#, .exactly("a")), (#"{"iss":"\u0061"}"#, .exactly("a")),
      (#"{"iss":"b"}"#, .oneOf(["a", "b"])), (#"{"iss":"a"}"#, .notChecked), ("{}", .notChecked),
      (#"{"iss":""}"#, .exactly("")), (#"{"iss":"café"}"#, .exactly(composed)),
    ] as [(String, ClaimsValidator.Expectation)])
  func `an expected issuer is accepted`(
    _ payload: String, _ expectation: ClaimsValidator.Expectation
  ) throws {
    #expect(try failures(payload, issuer: expectation) == [])
  }

  @Test(
    arguments: [
      ("b", .exactly("a")), ("A", .exactly("a")), ("a ", .exactly("a")), ("", .exactly("a")),
      ("a", .exactly("")), ("c", .oneOf(["a", "b"])), (composed, .exactly(decomposed)),
      (decomposed, .exactly(composed)), (decomposed, .oneOf(["a", composed])),
    ] as [(String, ClaimsValidator.Expectation)])
  func `another issuer is a mismatch with the expected and the actual value`(
    _ issuer: String, _ expectation: ClaimsValidator.Expectation
  ) throws {
    let failures = try failures(#"{"iss":"\#(issuer)"}"#, issuer: expectation)
    let expected = try #require(expectation.values)
    #expect(
      failures == [
        ClaimFailure(claim: "iss", problem: .mismatch(expected: expected, actual: [issuer]))
      ])
  }

  @Test(arguments: ["a", "b"])
  func `claims have the token's audience, not every expected one`(
    _ audience: String
  ) throws {
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .oneOf(["a", "b"]), expiry: .whenPresent)
    let jwt = try RawToken(payload: #"{"aud":"\#(audience)"}"#).decode(validator: validator)
    #expect(jwt.claims.audience == [audience])
  }

  @Test(
    arguments: [
      (#"{"aud":"a"}"#, .exactly("a")), (#"{"aud":["a"]}"#, .exactly("a")),
      (#"{"aud":["b","a"]}"#, .exactly("a")), (#"{"aud":["c","b"]}"#, .oneOf(["a", "b"])),
      (#"{"aud":["a","a"]}"#, .exactly("a")), (#"{"aud":["\u0061"]}"#, .exactly("a")),
      (#"{"aud":["x"]}"#, .notChecked), ("{}", .notChecked), (#"{"aud":""}"#, .exactly("")),
    ] as [(String, ClaimsValidator.Expectation)])
  func `an audience that contains an expected value is accepted`(
    _ payload: String, _ expectation: ClaimsValidator.Expectation
  ) throws {
    #expect(try failures(payload, audience: expectation) == [])
  }

  @Test(
    arguments: [
      (#""b""#, ["b"], .exactly("a")), (#"["b","c"]"#, ["b", "c"], .exactly("a")),
      (#"["b","c"]"#, ["b", "c"], .oneOf(["a", "d"])), (#"["a,b"]"#, ["a,b"], .oneOf(["a", "b"])),
      (#""cafe\u0301""#, [decomposed], .exactly(composed)),
      (#"["caf\u00e9"]"#, [composed], .oneOf([decomposed])),
    ] as [(String, [String], ClaimsValidator.Expectation)])
  func `an audience without an expected value is a mismatch`(
    _ literal: String, _ actual: [String], _ expectation: ClaimsValidator.Expectation
  ) throws {
    let failures = try failures(#"{"aud":\#(literal)}"#, audience: expectation)
    let expected = try #require(expectation.values)
    #expect(
      failures == [
        ClaimFailure(claim: "aud", problem: .mismatch(expected: expected, actual: actual))
      ])
  }

  @Test(arguments: [.exactly("a"), .oneOf(["a", "b"])] as [ClaimsValidator.Expectation])
  func `an absent claim with an expectation is missing`(
    _ expectation: ClaimsValidator.Expectation
  ) throws {
    #expect(
      try failures("{}", issuer: expectation, audience: expectation) == [
        ClaimFailure(claim: "iss", problem: .missing),
        ClaimFailure(claim: "aud", problem: .missing),
      ])
  }

  @Test func `exp is required unless that is waived`() throws {
    let token = RawToken(payload: "{}")
    let validator = try ClaimsValidator(issuer: .notChecked, audience: .notChecked)
    let missing = ClaimFailure(claim: "exp", problem: .missing)
    #expect(throws: TokenError.invalidClaims([missing])) { try token.decode(validator: validator) }
    _ = try token.decode(
      validator: ClaimsValidator(issuer: .notChecked, audience: .notChecked, expiry: .whenPresent))
  }
}
