// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The half-open intervals of time, one second on either side of every boundary.
@Suite struct TimeRulesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let claim: String
    let offset: Int64
    let leeway: Int64
    let problem: ClaimFailure.Problem?

    init(_ claim: String, _ offset: Int64, leeway: Int64, _ problem: ClaimFailure.Problem?) {
      self.claim = claim
      self.offset = offset
      self.leeway = leeway
      self.problem = problem
    }

    var testDescription: String { "\(claim) at now \(offset) with a leeway of \(leeway)" }
  }

  /// Expired when `now >= exp + leeway`, too early when `now < nbf - leeway`, issued in the
  /// future when `iat > now + leeway`; offsets are those of the claim from now.
  static let rows = [
    Row("exp", 1, leeway: 0, nil),
    Row("exp", 0, leeway: 0, .expired(ago: .zero)),
    Row("exp", -1, leeway: 0, .expired(ago: .seconds(1))),
    Row("exp", -4, leeway: 5, nil),
    Row("exp", -5, leeway: 5, .expired(ago: .seconds(5))),
    Row("exp", -6, leeway: 5, .expired(ago: .seconds(6))),
    Row("exp", -599, leeway: 600, nil),
    Row("exp", -600, leeway: 600, .expired(ago: .seconds(600))),
    Row("nbf", -1, leeway: 0, nil),
    Row("nbf", 0, leeway: 0, nil),
    Row("nbf", 1, leeway: 0, .notYetValid(in: .seconds(1))),
    Row("nbf", 4, leeway: 5, nil),
    Row("nbf", 5, leeway: 5, nil),
    Row("nbf", 6, leeway: 5, .notYetValid(in: .seconds(6))),
    Row("nbf", 600, leeway: 600, nil),
    Row("nbf", 601, leeway: 600, .notYetValid(in: .seconds(601))),
    Row("iat", -1, leeway: 0, nil),
    Row("iat", 0, leeway: 0, nil),
    Row("iat", 1, leeway: 0, .issuedInFuture(by: .seconds(1))),
    Row("iat", 5, leeway: 5, nil),
    Row("iat", 6, leeway: 5, .issuedInFuture(by: .seconds(6))),
    Row("iat", 30, leeway: 30, nil),
    Row("iat", 31, leeway: 30, .issuedInFuture(by: .seconds(31))),
  ]

  private let now: Int64 = 1_800_000_000

  private func validator(
    leeway: Int64 = 0, issuedAtLeeway: Int64? = 0, now: Int64
  ) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, leeway: .seconds(leeway),
      issuedAtLeeway: issuedAtLeeway.map { .seconds($0) },
      clock: .fixed(NumericDate(clamping: now)))
  }

  @Test(arguments: rows) func `a date is checked to the second`(_ row: Row) throws {
    let token = RawToken(payload: "{\"\(row.claim)\":\(now + row.offset)}")
    let isIssuedAt = row.claim == "iat"
    let validator = try validator(
      leeway: isIssuedAt ? 0 : row.leeway, issuedAtLeeway: isIssuedAt ? row.leeway : 0, now: now)
    if let problem = row.problem {
      let failure = ClaimFailure(claim: row.claim, problem: problem)
      #expect(throws: TokenError.invalidClaims([failure])) {
        try token.decode(validator: validator)
      }
    } else {
      _ = try token.decode(validator: validator)
    }
  }

  @Test func `the two leeways are independent of each other`() throws {
    let future = RawToken(payload: #"{"iat":5}"#)
    #expect(throws: TokenError.self) { try future.decode(validator: validator(leeway: 9, now: 0)) }
    let early = RawToken(payload: #"{"nbf":5}"#)
    #expect(throws: TokenError.self) {
      try early.decode(validator: validator(issuedAtLeeway: 9, now: 0))
    }
    let late = RawToken(payload: #"{"exp":0}"#)
    #expect(throws: TokenError.self) {
      try late.decode(validator: validator(issuedAtLeeway: 9, now: 0))
    }
  }

  @Test func `a nil leeway for iat waives the check`() throws {
    let token = RawToken(payload: #"{"iat":253402300799}"#)
    _ = try token.decode(validator: validator(issuedAtLeeway: nil, now: 0))
  }

  @Test func `leeways default to zero and thirty seconds`() throws {
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent,
      clock: .fixed(NumericDate(clamping: 100)))
    _ = try RawToken(payload: #"{"iat":130,"nbf":100,"exp":101}"#).decode(validator: validator)
    for payload in [#"{"iat":131}"#, #"{"nbf":101}"#, #"{"exp":100}"#] {
      #expect(throws: TokenError.self) {
        try RawToken(payload: payload).decode(validator: validator)
      }
    }
  }

  @Test func `dates at the ends of the range do not trap`() throws {
    let payload = #"{"exp":253402300799,"nbf":0,"iat":0}"#
    _ = try RawToken(payload: payload).decode(validator: validator(leeway: 600, now: 0))
    #expect(throws: TokenError.self) {
      try RawToken(payload: payload).decode(validator: validator(now: 253_402_300_799))
    }
  }
}
