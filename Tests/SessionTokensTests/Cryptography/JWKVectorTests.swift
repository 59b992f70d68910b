// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Key sets of Wycheproof: the keys that form a ring, and the JWS that the ring accepts.
///
/// The library reads no JWK. A server picks the keys that are `oct` and for HS256, as
/// ``JWKVector/hs256Keys`` does, and the rules under test are those of ``SigningKey``, ``KeyRing``
/// and the header. Payloads are text: `.malformed(.json)` is an accepted JWS, see
/// `String.decoded(with:)`.
@Suite struct JWKVectorTests {
  private let rows: [JWKVector]

  init() throws {
    rows = try VectorTable<JWKVector>.rows(of: "jwk_oct_wycheproof")
  }

  @Test(arguments: [
    "tcId-2",  // valid: two HS256 keys
    "tcId-13",  // valid: a key of 65 bytes, one more than a block
    // Upstream invalid and Ambiguous: the set has an EC key beside the HS256 key that signed. That
    // guards readers for whom a public key is HMAC bytes; here no EC key can enter a ring.
    "tcId-1",
  ])
  func `a ring of the set's HS256 keys accepts the JWS`(_ name: String) throws {
    let row = try row(name)
    #expect(throws: TokenError.malformed(.json)) { try row.jws.decoded(with: ring(row.hs256Keys)) }
  }

  @Test func `a ring of two keys refuses a modified signature`() throws {
    let row = try row("tcId-3")
    #expect(row.hs256Keys.count == 2)
    #expect(throws: TokenError.badSignature) { try row.jws.decoded(with: ring(row.hs256Keys)) }
  }

  /// Ambiguous upstream, since RFC 7517 §4.5 only says SHOULD: which key would sign is undefined.
  @Test func `two keys with one kid are refused`() throws {
    let row = try row("tcId-4")
    #expect(throws: KeyError.duplicateKeyID("kid-aes-sign")) { try ring(row.hs256Keys) }
  }

  @Test(arguments: [("tcId-10", "short_hs256_key", 31), ("tcId-16", "hs256_key", 0)])
  func `a key of fewer than 32 bytes is refused`(
    _ name: String, _ kid: String, _ byteCount: Int
  ) throws {
    let row = try row(name)
    #expect(throws: KeyError.secretTooShort(keyID: kid, bytes: byteCount)) {
      try ring(row.hs256Keys)
    }
  }

  // Upstream, 14 and 15 are valid, but this library has neither HS384 nor HS512. 11 and 12 are too
  // short for their algorithms, yet long enough for HS256, and are tried with it here.
  @Test(arguments: ["tcId-11", "tcId-12", "tcId-14", "tcId-15"])
  func `a key for another HMAC isn't used for HS256, and its JWS is refused`(_ name: String) throws
  {
    let row = try row(name)
    #expect(row.hs256Keys.isEmpty)
    #expect(throws: TokenError.unsupportedHeader("alg")) {
      try row.jws.decoded(with: ring(row.keys))
    }
  }

  @Test(arguments: [("tcId-17", "hs384_key"), ("tcId-18", "hs512_key")])
  func `an empty key for another HMAC is refused, and so is its JWS`(
    _ name: String, _ kid: String
  ) throws {
    let row = try row(name)
    #expect(row.hs256Keys.isEmpty)
    #expect(throws: KeyError.secretTooShort(keyID: kid, bytes: 0)) { try ring(row.keys) }
    #expect(throws: TokenError.unsupportedHeader("alg")) { try row.jws.decoded(with: bystanders()) }
  }

  // The server must heed a JWK's `alg`. A ring without the AES key refuses the JWS that it signed.
  @Test(arguments: ["tcId-25", "tcId-26"])
  func `an AES key isn't used for HS256, and a ring without it refuses its JWS`(_ name: String)
    throws
  {
    let row = try row(name)
    #expect(row.hs256Keys.isEmpty)
    #expect(throws: TokenError.unknownKey) { try row.jws.decoded(with: bystanders()) }
  }

  @Test func `there are fifteen rows`() {
    #expect(rows.count == 15)
  }

  private func row(_ name: String) throws -> JWKVector {
    try #require(rows.first { $0.name == name })
  }

  private func ring(_ keys: [JWK]) throws -> KeyRing {
    let keys = try keys.map { try SigningKey(id: #require($0.kid), secret: #require($0.k).bytes) }
    return try KeyRing(active: #require(keys.first), alsoAccepting: Array(keys.dropFirst()))
  }

  /// A ring of a key that is in none of the sets.
  private func bystanders() throws -> KeyRing {
    try KeyRing(active: SigningKey(id: "bystander", secret: [UInt8](repeating: 7, count: 32)))
  }
}
