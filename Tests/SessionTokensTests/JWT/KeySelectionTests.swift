// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The key that verifies a token: the one with its key ID, by bytes, and never another.
@Suite struct KeySelectionTests {
  private let claims = Claims(subject: "s")

  private func key(_ id: String, _ byte: UInt8) throws -> SigningKey {
    try SigningKey(id: id, secret: [UInt8](repeating: byte, count: 32))
  }

  private func decode(_ token: String, _ keys: KeyRing) throws -> JWT {
    try JWT.decode(token, keys: keys, type: .notChecked, validator: RawToken.validator())
  }

  @Test func `every key of a ring verifies the tokens with its ID`() throws {
    let keys = try [key("a", 1), key("b", 2), key("c", 3)]
    let ring = try KeyRing(active: keys[0], alsoAccepting: [keys[1], keys[2]])
    for key in keys {
      let jwt = try decode(JWT.encode(claims, key: key), ring)
      #expect(jwt.keyID == key.id)
      #expect(jwt.claims == claims)
    }
  }

  @Test func `a token with the ID of another key of the ring is refused`()
    throws
  {
    let ring = try KeyRing(active: key("a", 1), alsoAccepting: [key("b", 2)])
    let token = try JWT.encode(claims, key: key("b", 1))
    #expect(throws: TokenError.badSignature) { try decode(token, ring) }
  }

  @Test func `an unknown or absent kid doesn't fall back to the only key`() throws {
    let ring = try KeyRing(active: key("a", 1))
    for id in ["b", "A", "a ", " a"] {
      let token = try JWT.encode(claims, key: key(id, 1))
      #expect(throws: TokenError.unknownKey) { try decode(token, ring) }
    }
    let unnamed = try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 32))
    let nameless = try JWT.encode(claims, key: unnamed.active)
    #expect(throws: TokenError.unknownKey) { try decode(nameless, ring) }
    let empty = RawToken(header: #"{"alg":"HS256","kid":""}"#, payload: "{}")
    #expect(throws: TokenError.unknownKey) { try decode(empty.compact, RawToken.keys()) }
  }

  @Test func `a retired key is an unknown one in the general layer`() throws {
    let token = try JWT.encode(claims, key: key("b", 1))
    let ring = try KeyRing(active: key("a", 1), retired: ["b"])
    #expect(throws: TokenError.unknownKey) { try decode(token, ring) }
  }

  @Test func `a canonically equivalent ID is a different one`() throws {
    let token = try JWT.encode(claims, key: key("e\u{301}", 1))
    #expect(throws: TokenError.unknownKey) {
      try decode(token, KeyRing(active: key("\u{e9}", 1)))
    }
    #expect(try decode(token, KeyRing(active: key("e\u{301}", 1))).claims == claims)
  }

  @Test func `an unnamed key accepts tokens with and without a kid`() throws {
    let ring = try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 32))
    #expect(try decode(JWT.encode(claims, key: ring.active), ring).keyID == nil)
    #expect(try decode(JWT.encode(claims, key: key("any", 1)), ring).keyID == "any")
    #expect(throws: TokenError.badSignature) {
      try decode(JWT.encode(claims, key: key("any", 2)), ring)
    }
  }

  @Test
  func `the header is checked before the key, the key before the MAC, the MAC before all else`()
    throws
  {
    let keys = try RawToken.keys()
    let forged = { (header: String) in
      [
        Base64URLBytes.text(header.utf8), "!",
        Base64URLBytes.text([UInt8](repeating: 0, count: 32)),
      ]
      .joined(separator: ".")
    }
    let rows: [(String, TokenError)] = [
      (#"{"alg":"none","typ":"x","kid":"?"}"#, .unsupportedHeader("alg")),
      (#"{"alg":"HS256","typ":"x","kid":"?"}"#, .wrongType(expected: "JWT")),
      (#"{"alg":"HS256","typ":"JWT","kid":"?"}"#, .unknownKey),
      (#"{"alg":"HS256","typ":"JWT","kid":"k"}"#, .badSignature),
    ]
    for (header, error) in rows {
      #expect(throws: error) {
        try JWT.decode(
          forged(header), keys: keys, type: .exactly("JWT"), validator: RawToken.validator())
      }
    }
  }
}
