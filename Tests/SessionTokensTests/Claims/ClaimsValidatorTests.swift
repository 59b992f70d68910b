// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A validator's configuration and required claims, and its report of every failure.
@Suite struct ClaimsValidatorTests {
  private func validator(required: [String]) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, required: required,
      clock: .fixed(NumericDate(clamping: 1_000)))
  }

  private func missing(_ claims: String...) -> TokenError {
    .invalidClaims(claims.map { ClaimFailure(claim: $0, problem: .missing) })
  }

  @Test func `every failure is reported, in the order of the claims`() throws {
    let validator = try ClaimsValidator(
      issuer: .exactly("i"), audience: .oneOf(["a", "b"]), required: ["roles", "jti", "tenant"],
      leeway: .seconds(10), issuedAtLeeway: .seconds(20),
      clock: .fixed(NumericDate(clamping: 1_000)))
    let token = RawToken(
      payload: """
        {"tenant":null,"iat":1021,"nbf":1011,"exp":990,"aud":["x","y"],"sub":7,"iss":"j"}
        """)
    #expect(
      throws: TokenError.invalidClaims([
        ClaimFailure(claim: "iss", problem: .mismatch(expected: ["i"], actual: ["j"])),
        ClaimFailure(claim: "sub", problem: .malformed),
        ClaimFailure(claim: "aud", problem: .mismatch(expected: ["a", "b"], actual: ["x", "y"])),
        ClaimFailure(claim: "exp", problem: .expired(ago: .seconds(10))),
        ClaimFailure(claim: "nbf", problem: .notYetValid(in: .seconds(11))),
        ClaimFailure(claim: "iat", problem: .issuedInFuture(by: .seconds(21))),
        ClaimFailure(claim: "jti", problem: .missing),
        ClaimFailure(claim: "roles", problem: .missing),
        ClaimFailure(claim: "tenant", problem: .missing),
      ])
    ) { try token.decode(validator: validator) }
  }

  @Test func `a required claim must be present and not null`() throws {
    let validator = try validator(required: ["roles"])
    for payload in ["{}", #"{"roles":null}"#, #"{"Roles":1}"#, #"{"x":{"roles":1}}"#] {
      #expect(throws: missing("roles")) {
        try RawToken(payload: payload).decode(validator: validator)
      }
    }
    for value in ["0", "false", #""""#, "[]", "{}", "1.5"] {
      let token = RawToken(payload: "{\"roles\":\(value)}")
      #expect(try token.decode(validator: validator).claims.custom["roles"] != nil)
    }
  }

  @Test(arguments: [
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "client_id", "gen", "x",
    "",
  ])
  func `any claim can be required`(_ name: String) throws {
    let validator = try validator(required: [name])
    #expect(throws: missing(name)) {
      try RawToken(payload: #"{"other":1}"#).decode(validator: validator)
    }
    let isDate = ["exp", "nbf", "iat"].contains(name)
    let value = isDate ? (name == "exp" ? "1001" : "1000") : #""s""#
    _ = try RawToken(payload: "{\"\(name)\":\(value)}").decode(validator: validator)
  }

  @Test func `several required claims are reported in the order given`() throws {
    let validator = try validator(required: ["z", "a", "m"])
    #expect(throws: missing("z", "a", "m")) {
      try RawToken(payload: "{}").decode(validator: validator)
    }
    #expect(throws: missing("z", "m")) {
      try RawToken(payload: #"{"a":1}"#).decode(validator: validator)
    }
  }

  @Test func `a claim that is missing for two reasons is reported once`() throws {
    let validator = try ClaimsValidator(
      issuer: .exactly("i"), audience: .exactly("a"), required: ["exp", "aud", "iss"],
      clock: .fixed(NumericDate(clamping: 0)))
    #expect(throws: missing("iss", "aud", "exp")) {
      try RawToken(payload: "{}").decode(validator: validator)
    }
  }

  @Test func `a canonically equivalent name does not satisfy a required one`() throws {
    let validator = try validator(required: ["caf\u{e9}"])
    #expect(throws: TokenError.self) {
      try RawToken(payload: "{\"cafe\u{301}\":1}").decode(validator: validator)
    }
  }

  @Test func `a leeway out of range or with a fraction is refused by name`() {
    let rows: [(Duration, Duration?, ConfigurationError)] = [
      (.seconds(601), .zero, .outOfRange("leeway", "0 … 600 s")),
      (.seconds(-1), .zero, .outOfRange("leeway", "0 … 600 s")),
      (.milliseconds(500), .zero, .notWholeSeconds("leeway")),
      (.zero, .seconds(601), .outOfRange("issuedAtLeeway", "0 … 600 s")),
      (.zero, .seconds(-1), .outOfRange("issuedAtLeeway", "0 … 600 s")),
      (.zero, .nanoseconds(1), .notWholeSeconds("issuedAtLeeway")),
    ]
    for (leeway, issuedAtLeeway, error) in rows {
      #expect(throws: error) {
        try ClaimsValidator(
          issuer: .notChecked, audience: .notChecked, leeway: leeway,
          issuedAtLeeway: issuedAtLeeway)
      }
    }
  }

  @Test func `an empty list of expected values is refused by name`() {
    #expect(throws: ConfigurationError.empty("issuer")) {
      try ClaimsValidator(issuer: .oneOf([]), audience: .notChecked)
    }
    #expect(throws: ConfigurationError.empty("audience")) {
      try ClaimsValidator(issuer: .notChecked, audience: .oneOf([]))
    }
  }

  @Test func `registered claims come first, others in the order of the requirement`() throws {
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked,
      required: ["roles", "sid", "jti", "gen", "client_id"], clock: .fixed(.minimum))
    let names = Array("{}".utf8).withSpan { payload in
      (try? ClaimSlices(payload, recognizing: .registered)).map {
        validator.check($0, in: payload, at: .minimum).failures.map(\.claim)
      }
    }
    #expect(names == ["exp", "jti", "roles", "sid", "gen", "client_id"])
  }
}
