// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A resource server that holds the access keys must not be able to sign refresh tokens.
@Suite struct SharedSecretTests {
  static let secret = [UInt8](0x40...0x5f)

  private func ring(_ keys: (id: String, secret: [UInt8])...) throws -> KeyRing {
    let keys = try keys.map { try SigningKey(id: $0.id, secret: $0.secret) }
    return try KeyRing(active: #require(keys.first), alsoAccepting: Array(keys.dropFirst()))
  }

  private func expectShared(
    _ access: KeyRing, _ refresh: KeyRing, _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: ConfigurationError.sharedSecret(keyID: "r"), sourceLocation: sourceLocation) {
      try AuthorityFixture.authority(accessKeys: access, refreshKeys: refresh)
    }
  }

  @Test func `one secret in both rings is refused`() throws {
    try expectShared(ring(("a", Self.secret)), ring(("r", Self.secret)))
  }

  @Test func `a shared secret is found, whichever keys sign`() throws {
    let (one, two) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
    try expectShared(
      ring(("a", one), ("a2", Self.secret)), ring(("r", Self.secret), ("r2", two)))
    try expectShared(
      ring(("a", Self.secret), ("a2", one)), ring(("r2", two), ("r", Self.secret)))
    try expectShared(
      ring(("a", one), ("a2", Self.secret)), ring(("r2", two), ("r", Self.secret)))
  }

  @Test func `an ID that could be the secret itself is not quoted`() throws {
    let text = Base64URL.encode(Self.secret)
    let ring = try KeyRing(parsing: "\(text):\(text)")
    #expect(throws: ConfigurationError.sharedSecret(keyID: "")) {
      try AuthorityFixture.authority(accessKeys: ring, refreshKeys: ring)
    }
  }

  /// RFC 2104 pads a key with zeros to the block of 64 bytes.
  @Test(arguments: [1, 2, 31, 32])
  func `a secret and the same one with zeros appended are equal`(_ zeros: Int) throws {
    let padded = Self.secret + [UInt8](repeating: 0, count: zeros)
    try expectShared(ring(("a", Self.secret)), ring(("r", padded)))
    try expectShared(ring(("a", padded)), ring(("r", Self.secret)))
  }

  /// RFC 2104 hashes a key that is longer than a block.
  @Test(arguments: [65, 100, 1_000])
  func `a long secret and its hash are equal`(_ byteCount: Int) throws {
    let long = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
    let hash = [UInt8](long.withSpan { SHA256.digest(of: $0) })
    try expectShared(ring(("a", long)), ring(("r", hash)))
    try expectShared(ring(("a", hash)), ring(("r", long)))
  }

  @Test func `a secret padded with zeros beyond a block is different`() throws {
    let padded = Self.secret + [UInt8](repeating: 0, count: 33)
    _ = try AuthorityFixture.authority(
      accessKeys: ring(("a", Self.secret)), refreshKeys: ring(("r", padded)))
  }

  @Test(arguments: 0..<32)
  func `secrets that differ in one bit are different`(_ index: Int) throws {
    var other = Self.secret
    other[index] ^= 0x80
    _ = try AuthorityFixture.authority(
      accessKeys: ring(("a", Self.secret)), refreshKeys: ring(("r", other)))
  }

  @Test func `one key ID in both rings is allowed`() throws {
    let keys = try ring(("2026", Self.secret))
    let authority = try AuthorityFixture.authority(
      accessKeys: keys, refreshKeys: ring(("2026", [UInt8](repeating: 3, count: 32))))
    let tokens = try authority.openSession(subject: "user-1").tokens
    _ = try authority.accessTokenVerifier.verify(tokens.accessToken)
    _ = try authority.verifyRefresh(tokens.refreshToken)
  }
}
