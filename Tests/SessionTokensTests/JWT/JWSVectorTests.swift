// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Whole JWS of Wycheproof and of the RFCs.
///
/// Wycheproof's payloads and that of RFC 7520 are text and no claims, so the proof that a JWS was
/// accepted is the one failure that can only follow the header and the MAC: `.malformed(.json)`.
@Suite struct JWSVectorTests {
  static func rows(_ expect: VectorExpectation) throws -> [JWSVector] {
    try VectorTable<JWSVector>.rows(of: "jws_hs256_wycheproof").filter { $0.expect == expect }
  }

  @Test(arguments: try rows(.accept))
  func `a good JWS passes up to its payload`(_ row: JWSVector) {
    #expect(throws: TokenError.malformed(.json)) { try row.decode() }
  }

  @Test(arguments: try rows(.reject))
  func `a bad JWS fails with the error for its fault`(_ row: JWSVector) throws {
    let reason = try #require(JWSVector.reasons[row.name])
    #expect(throws: reason) { try row.decode() }
  }

  @Test func `every row is in one of the tests`() throws {
    #expect(try Self.rows(.accept).count == 10)
    #expect(try Self.rows(.reject).count == 30)
  }

  @Test func `the JWS of RFC 7520 4_4 has its code and passes up to its payload`() throws {
    let vector = try VectorFile.load("rfc7520_4_4_hs256", as: RFC7520Example.self).vector
    let (kid, secret) = try (
      #require(vector.input.key.kid), #require(vector.input.key.k).bytes
    )
    let code = HMACSHA256(key: secret).authenticationCode(for: vector.signing.signingInput.utf8)
    #expect(code == vector.signing.signature.bytes)
    let keys = try KeyRing(active: SigningKey(id: kid, secret: secret))
    #expect(throws: TokenError.malformed(.json)) {
      try vector.output.compact.decoded(with: keys)
    }
  }
}
