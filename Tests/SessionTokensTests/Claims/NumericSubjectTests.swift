// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Subjects that an issuer writes as numbers, against RFC 7519 §4.1.2.
@Suite struct NumericSubjectTests {
  private func validator(
    acceptsNumericSubject: Bool, required: [String] = []
  ) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, required: required,
      acceptsNumericSubject: acceptsNumericSubject, clock: .fixed(.minimum))
  }

  private static let malformed = TokenError.oneClaim("sub", .malformed)

  @Test(arguments: [
    "0", "1", "-1", "-0", "42", "9007199254740993", "999999999999999999",
    "9223372036854775807", "-9223372036854775808",
  ])
  func `an integer becomes the subject as it is written, where that is allowed`(
    _ literal: String
  ) throws {
    let token = RawToken(payload: #"{"sub":\#(literal),"exp":1}"#)
    let jwt = try token.decode(
      validator: validator(acceptsNumericSubject: true, required: ["sub"]))
    #expect(jwt.claims.subject == literal)
    #expect(throws: Self.malformed) {
      try token.decode(validator: validator(acceptsNumericSubject: false))
    }
    #expect(throws: Self.malformed) { try UnverifiedJWT(token.compact).claims() }
    #expect(try UnverifiedJWT(token.compact).payload["sub"] == .integer(#require(Int64(literal))))
  }

  @Test(arguments: [
    "1.0", "1.5", "1e3", "1E0", "0.0", "-0.0", "0e0", "9223372036854775808",
    "-9223372036854775809", "100000000000000000000", "true", "[1]", "{}", #"["1"]"#,
  ])
  func `any other number or kind stays malformed`(_ literal: String) throws {
    #expect(throws: Self.malformed) {
      try RawToken(payload: #"{"sub":\#(literal)}"#)
        .decode(validator: validator(acceptsNumericSubject: true))
    }
  }

  @Test(arguments: ["01", "-", "+1", "0x1", "1_0"])
  func `an invalid JSON number isn't accepted as a subject`(_ literal: String) throws {
    #expect(throws: TokenError.malformed(.json)) {
      try RawToken(payload: #"{"sub":\#(literal)}"#)
        .decode(validator: validator(acceptsNumericSubject: true))
    }
  }

  @Test func `a subject that is a string, null or absent is read as usual`() throws {
    let validator = try validator(acceptsNumericSubject: true)
    #expect(
      try RawToken(payload: #"{"sub":"7"}"#).decode(validator: validator).claims.subject == "7")
    for payload in ["{}", #"{"sub":null}"#] {
      #expect(try RawToken(payload: payload).decode(validator: validator).claims.subject == nil)
    }
  }

  @Test(arguments: ["iss", "jti", "aud"])
  func `no other claim may be a number`(_ claim: String) throws {
    #expect(throws: TokenError.oneClaim(claim, .malformed)) {
      try RawToken(payload: "{\"\(claim)\":1}")
        .decode(validator: validator(acceptsNumericSubject: true))
    }
  }
}
