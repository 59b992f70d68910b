import Testing

@testable import SessionTokens

/// A look without the key: the same strict form, any algorithm, and a signature that is there.
@Suite struct UnverifiedJWTTests {
  private func token(_ header: String, _ payload: String = "{}", signature: Int = 32) -> String {
    [
      Base64URLBytes.text(header.utf8), Base64URLBytes.text(payload.utf8),
      Base64URLBytes.text([UInt8](repeating: 7, count: signature)),
    ].joined(separator: ".")
  }

  @Test func `what a token states is read, whoever signed it`() throws {
    let jwt = try UnverifiedJWT(
      token(#"{"alg":"HS256","typ":"at+jwt","kid":"x"}"#, #"{"iss":"i","exp":5.5,"a":[1]}"#))
    #expect(jwt.algorithm == "HS256")
    #expect(jwt.type == "at+jwt")
    #expect(jwt.keyID == "x")
    #expect(
      jwt.claims
        == Claims(
          issuer: "i", expiresAt: NumericDate(exactly: 5), custom: ["a": [1]]))
  }

  @Test(arguments: [("RS256", 256), ("ES256", 64), ("HS512", 64), ("none", 1), ("", 1)])
  func `another algorithm is read with a signature of any length`(
    _ algorithm: String, _ count: Int
  ) throws {
    let jwt = try UnverifiedJWT(token("{\"alg\":\"\(algorithm)\"}", signature: count))
    #expect(jwt.algorithm == algorithm)
    #expect(jwt.type == nil && jwt.keyID == nil && jwt.claims == Claims())
  }

  @Test func `an unsecured token is refused`() {
    #expect(throws: TokenError.malformed(.signatureLength)) {
      try UnverifiedJWT(token(#"{"alg":"none"}"#, signature: 0))
    }
  }

  @Test(arguments: [0, 31, 33])
  func `a signature of HS256 is 32 bytes here too`(_ count: Int) {
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

  @Test func `an expired token is read, and malformed claims are all reported`() throws {
    #expect(
      try UnverifiedJWT(token(#"{"alg":"HS256"}"#, #"{"exp":0}"#)).claims.expiresAt == .minimum)
    #expect(
      throws: TokenError.invalidClaims([
        ClaimFailure(claim: "iss", problem: .malformed),
        ClaimFailure(claim: "exp", problem: .malformed),
      ])
    ) { try UnverifiedJWT(token(#"{"alg":"HS256"}"#, #"{"exp":"1","iss":null}"#)) }
  }
}
