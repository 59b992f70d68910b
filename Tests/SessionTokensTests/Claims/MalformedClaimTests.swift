// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A malformed claim never counts as absent, even where nothing is expected of it.
@Suite struct MalformedClaimTests {
  static let notDates = [
    #""1800000000""#, "true", "false", "null", "{}", "[]", "[1]", "-1", "-0.5e1", "253402300800",
    "1800000000000", "1e300", "1e400", "9223372036854775808", #""tomorrow""#,
  ]
  static let notStrings = ["1", "true", "{}", "[]", #"["a"]"#, "1.5"]
  static let notAudiences = [
    "1", "true", "{}", "[]", "[1]", #"["a",1]"#, #"["a",null]"#, #"[["a"]]"#, #"{"a":"a"}"#,
  ]

  private func expectMalformed(
    _ claim: String, _ value: String, _ validator: ClaimsValidator? = nil
  ) {
    let token = RawToken(payload: "{\"\(claim)\":\(value)}")
    let error = TokenError.invalidClaims([ClaimFailure(claim: claim, problem: .malformed)])
    #expect(throws: error) { try token.decode(validator: validator) }
    // A payload's values can't hold a number beyond the range of doubles.
    #expect(throws: value == "1e400" ? .malformed(.json) : error) {
      try UnverifiedJWT(token.compact).claims()
    }
  }

  @Test(arguments: ["exp", "nbf", "iat"], notDates)
  func `a date of the wrong kind or range is malformed`(_ claim: String, _ value: String) {
    expectMalformed(claim, value)
  }

  @Test(arguments: ["iss", "sub", "jti"], notStrings)
  func `an issuer, subject or ID of the wrong kind is malformed`(_ claim: String, _ value: String) {
    expectMalformed(claim, value)
  }

  @Test(arguments: notAudiences)
  func `an audience that is neither a string nor an array of strings is malformed`(_ value: String)
  {
    expectMalformed("aud", value)
  }

  @Test func `a malformed claim is reported once where it is expected and required`() throws {
    let strict = try ClaimsValidator(
      issuer: .exactly("i"), audience: .oneOf(["a"]), expiry: .required,
      required: ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"],
      clock: .fixed(NumericDate(clamping: 0)))
    let token = RawToken(
      payload: #"{"jti":1,"iat":"","nbf":"","exp":null,"aud":[],"sub":{},"iss":[]}"#)
    let claims = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]
    #expect(
      throws: TokenError.invalidClaims(claims.map { ClaimFailure(claim: $0, problem: .malformed) })
    ) { try token.decode(validator: strict) }
  }

  static let nullable = ["iss", "sub", "aud", "jti"]

  @Test(arguments: nullable)
  func `null counts as absent for a claim that isn't a date`(_ claim: String) throws {
    let token = RawToken(payload: "{\"\(claim)\":null,\"a\":null}")
    #expect(try token.decode().claims == Claims(custom: ["a": nil]))
    #expect(try UnverifiedJWT(token.compact).claims() == Claims(custom: ["a": nil]))
    #expect(try UnverifiedJWT(token.compact).payload == [claim: nil, "a": nil])
  }

  @Test func `null counts as missing for a claim that is expected or required`() throws {
    let strict = try ClaimsValidator(
      issuer: .exactly("i"), audience: .oneOf(["a"]), expiry: .whenPresent,
      required: Self.nullable, clock: .fixed(NumericDate(clamping: 0)))
    let token = RawToken(payload: #"{"jti":null,"aud":null,"sub":null,"iss":null}"#)
    #expect(
      throws: TokenError.invalidClaims(
        Self.nullable.map { ClaimFailure(claim: $0, problem: .missing) })
    ) { try token.decode(validator: strict) }
  }

  @Test func `null and a value under one name are a repeated name`() {
    #expect(throws: TokenError.malformed(.duplicateName)) {
      try RawToken(payload: #"{"sub":null,"sub":"s"}"#).decode()
    }
  }

  @Test func `-0.5 is malformed where it rounds down, and 0 where it rounds up`() throws {
    expectMalformed("exp", "-0.5")
    let token = RawToken(payload: #"{"iat":-0.5}"#)
    #expect(try token.decode().claims.issuedAt == .minimum)
  }

  @Test func `an empty string is a value, also in an audience`() throws {
    let jwt = try RawToken(payload: #"{"iss":"","sub":"","jti":"","aud":["",""]}"#).decode()
    #expect(jwt.claims == Claims(issuer: "", subject: "", audience: ["", ""], id: ""))
  }
}
