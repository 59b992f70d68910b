// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Base64url against RFC 4648 §10, RFC 7515 appendix C, and texts that a strict reader refuses.
@Suite struct Base64URLVectorTests {
  @Test(arguments: try VectorFile.load("base64url", as: Base64URLVectors.self).accept)
  func `a canonical text decodes to its bytes, and they encode to it`(
    _ row: Base64URLVectors.Accepted
  ) {
    #expect(Base64URL.decode(row.text.utf8) == row.bytes.bytes)
    #expect(Base64URL.encode(row.bytes.bytes).utf8.elementsEqual(row.text.utf8))
  }

  @Test(arguments: try VectorFile.load("base64url", as: Base64URLVectors.self).reject)
  func `any other text is refused`(_ row: Base64URLVectors.Rejected) {
    #expect(Base64URL.decode(row.text.utf8) == nil)
  }

  @Test func `the example of RFC 7515 appendix C encodes and decodes`() throws {
    let example = try VectorFile.load("rfc7515_rfc7519_examples", as: RFC7519Examples.self)
      .base64URL
    #expect(Base64URL.encode(example.octets).utf8.elementsEqual(example.text.utf8))
    #expect(Base64URL.decode(example.text.utf8) == example.octets)
  }
}
