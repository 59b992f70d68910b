// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The two tokens of RFC 7519: §3.1, which is RFC 7515 A.1, and the unsecured one of §6.1.
@Suite struct RFC7519ExampleTests {
  private let examples: [RFC7519Example]

  init() throws {
    examples = try VectorFile.load("rfc7515_rfc7519_examples", as: RFC7519Examples.self).examples
    try #require(examples.count == 2)
  }

  @Test func `the signed example has its MAC octets`() throws {
    let token = examples[0].token.utf8
    let signingInput = token[..<(try #require(token.lastIndex(of: UInt8(ascii: "."))))]
    let hmac = try HMACSHA256(key: #require(examples[0].jwk?.k).bytes)
    let mac = try #require(examples[0].mac)
    #expect(hmac.authenticationCode(for: signingInput) == mac)
    #expect(hmac.isValidAuthenticationCode(mac, for: signingInput))
  }

  @Test func `the signed example decodes to its claims`() throws {
    let keys = try KeyRing.unnamed(secret: #require(examples[0].jwk?.k).bytes)
    let jwt = try JWT.decode(
      examples[0].token, keys: keys, type: .exactly("JWT"), validator: validator(at: 1_300_819_379))
    #expect(jwt.type == "JWT")
    #expect(jwt.keyID == nil)
    #expect(jwt.payload == Array(try #require(examples[0].payload).utf8))
    #expect(
      jwt.claims
        == Claims(
          issuer: "joe", expiresAt: NumericDate(exactly: 1_300_819_380),
          custom: ["http://example.com/is_root": true]))
  }

  @Test func `the signed example expires at its exp`() throws {
    let keys = try KeyRing.unnamed(secret: #require(examples[0].jwk?.k).bytes)
    let expired = ClaimFailure(claim: "exp", problem: .expired(ago: .zero))
    #expect(throws: TokenError.invalidClaims([expired])) {
      try JWT.decode(
        examples[0].token, keys: keys, type: .jwtOrAbsent, validator: validator(at: 1_300_819_380))
    }
  }

  @Test func `the unsecured example is refused for its algorithm`() throws {
    let keys = try KeyRing.unnamed(secret: #require(examples[0].jwk?.k).bytes)
    #expect(throws: TokenError.unsupportedHeader("alg")) {
      try JWT.decode(
        examples[1].token, keys: keys, type: .notChecked, validator: validator(at: 1_300_819_379))
    }
  }

  private func validator(at now: Int64) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .exactly("joe"), audience: .notChecked,
      clock: .fixed(#require(NumericDate(exactly: now))))
  }
}
