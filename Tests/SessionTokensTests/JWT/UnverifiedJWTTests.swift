// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Reading without the key: the same strict form, any algorithm, and a signature of some length.
@Suite struct UnverifiedJWTTests {
  private func token(_ header: String, _ payload: String = "{}", signature: Int = 32) -> String {
    [
      Base64URLBytes.text(header.utf8), Base64URLBytes.text(payload.utf8),
      Base64URLBytes.text([UInt8](repeating: 7, count: signature)),
    ].joined(separator: ".")
  }

  @Test func `the claims of a token are read, whoever signed it`() throws {
    let jwt = try UnverifiedJWT(
      token(#"{"alg":"HS256","typ":"at+jwt","kid":"x"}"#, #"{"iss":"i","exp":5.5,"a":[1]}"#))
    #expect(jwt.algorithm == "HS256")
    #expect(jwt.type == "at+jwt")
    #expect(jwt.keyID == "x")
    #expect(jwt.payload == ["iss": "i", "exp": 5.5, "a": [1]])
    #expect(
      try jwt.claims()
        == Claims(
          issuer: "i", expiresAt: NumericDate(exactly: 5), custom: ["a": [1]]))
  }

  @Test(arguments: [("RS256", 256), ("ES256", 64), ("HS512", 64), ("none", 1), ("", 1)])
  func `another algorithm is read with a signature of any length`(
    _ algorithm: String, _ count: Int
  ) throws {
    let jwt = try UnverifiedJWT(token("{\"alg\":\"\(algorithm)\"}", signature: count))
    #expect(jwt.algorithm == algorithm)
    #expect(jwt.type == nil && jwt.keyID == nil && jwt.payload.isEmpty)
  }

  @Test func `an unsecured token is refused`() {
    #expect(throws: TokenError.malformed(.signatureLength)) {
      try UnverifiedJWT(token(#"{"alg":"none"}"#, signature: 0))
    }
  }

  @Test(arguments: [0, 31, 33])
  func `a signature of HS256 must have 32 bytes here too`(_ count: Int) {
    #expect(throws: TokenError.malformed(.signatureLength)) {
      try UnverifiedJWT(token(#"{"alg":"HS256"}"#, signature: count))
    }
  }

  @Test func `refused headers are refused here too`() {
    for name in ["crit", "b64", "zip", "cty"] {
      #expect(throws: TokenError.unsupportedHeader(name)) {
        try UnverifiedJWT(token("{\"alg\":\"RS256\",\"\(name)\":null}"))
      }
    }
  }

  @Test func `an expired token is read, and malformed claims are all reported on demand`() throws {
    let hs256 = #"{"alg":"HS256","typ":"JWT"}"#
    let expired = try UnverifiedJWT(token(hs256, #"{"exp":0}"#))
    #expect(try expired.claims().expiresAt == .minimum)
    let malformed = try UnverifiedJWT(
      token(hs256, #"{"exp":"1","sub":1,"iss":[],"aud":null,"iat":null}"#))
    #expect(malformed.type == "JWT")
    #expect(
      malformed.payload == ["exp": "1", "sub": 1, "iss": [], "aud": nil, "iat": nil])
    #expect(
      throws: TokenError.invalidClaims([
        ClaimFailure(claim: "iss", problem: .malformed),
        ClaimFailure(claim: "sub", problem: .malformed),
        ClaimFailure(claim: "exp", problem: .malformed),
        ClaimFailure(claim: "iat", problem: .malformed),
      ])
    ) { try malformed.claims() }
  }

  @Test func `a fraction is rounded from the payload's own digits`() throws {
    let jwt = try UnverifiedJWT(
      token(#"{"alg":"HS256"}"#, #"{"exp":1.99999999999999999999,"nbf":1.00000000000000000001}"#))
    #expect(jwt.payload["exp"] == 2.0)
    #expect(try jwt.claims().expiresAt == NumericDate(exactly: 1))
    #expect(try jwt.claims().notBefore == NumericDate(exactly: 2))
  }

  @Test(arguments: [
    ("[]", TokenError.Malformation.json), ("1", .json), ("", .json), ("{} {}", .json),
    (#"{"exp":1e400}"#, .json), (#"{"a":"\ud800"}"#, .json), ("\u{feff}{}", .json),
    (#"{"a":1,"a":1}"#, .duplicateName), (#"{"x":[{"a":1,"\u0061":1}]}"#, .duplicateName),
  ])
  func `a payload is one strict JSON object`(
    _ payload: String, _ malformation: TokenError.Malformation
  ) {
    #expect(throws: TokenError.malformed(malformation)) {
      try UnverifiedJWT(token(#"{"alg":"HS256"}"#, payload))
    }
  }
}
