// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The derivation of `jti`, computed a second time here.
@Suite struct TokenIdentifierTests {
  typealias Fixture = AuthorityFixture

  static func bigEndian(_ number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }

  /// The texts of the halves of the code, that of the refresh token first.
  static func halves(
    key: [UInt8], _ label: String, _ rest: [UInt8]
  ) -> (refresh: String, access: String) {
    let code = HMACSHA256(key: key).authenticationCode(for: Array(label.utf8) + [0] + rest)
    return (Base64URLBytes.text(code.prefix(16)), Base64URLBytes.text(code.suffix(16)))
  }

  @Test func `a recorded session's identifiers derive from its secret and the generation`() throws {
    let (tokens, record) = try SessionOpeningTests.open()
    let expected = Self.halves(
      key: record.secret.bytes, "SessionTokens jti", Self.bigEndian(0))
    #expect(try OpenedToken(tokens.refreshToken).claims.jti == expected.refresh)
    #expect(try OpenedToken(tokens.accessToken).claims.jti == expected.access)
  }

  @Test(arguments: [0, 1, 255, 256, 0x0102_0304_0506_0708, .max, .min, -1] as [Int64])
  func `the identifiers of any generation can be computed`(_ generation: Int64) throws {
    let record = try #require(Fixture.record())
    let identifiers = TokenIdentifiers(record.secret.hmac, generation: generation)
    let expected = Self.halves(
      key: record.secret.bytes, "SessionTokens jti", Self.bigEndian(generation))
    #expect(identifiers.refresh.text == expected.refresh)
    #expect(identifiers.access.text == expected.access)
  }

  @Test func `without a record identifiers derive from refresh key, session, generation and time`()
    throws
  {
    var source = SeededGenerator(seed: 4)
    var same = SeededGenerator(seed: 4)
    let authority = try Fixture.authority()
    let opened = try authority.openSessionWithoutRecord(subject: "user-1", using: &source)
    let sessionID = same.bytes(count: 16)
    let rotatedAt = Fixture.start + .seconds(1_000)
    var later = authority
    later.clock = .fixed(rotatedAt)
    let rotated = try later.rotateWithoutRecord(
      opened.refreshToken, signedInSince: nil, claims: .empty
    ).get()
    for (pair, generation, time) in [
      (opened, 0 as Int64, Fixture.start), (rotated, 1, rotatedAt),
    ] {
      let expected = Self.halves(
        key: Fixture.refreshSecret, "SessionTokens stateless jti",
        sessionID + Self.bigEndian(generation) + Self.bigEndian(time.secondsSinceEpoch))
      #expect(try OpenedToken(pair.refreshToken).claims.jti == expected.refresh)
      #expect(try OpenedToken(pair.accessToken).claims.jti == expected.access)
    }
  }

  @Test func `without a record the active refresh key is the one that counts`() throws {
    let old = try SigningKey(id: "old", secret: [UInt8](repeating: 1, count: 32))
    let new = try SigningKey(id: "new", secret: [UInt8](repeating: 2, count: 32))
    var source = SeededGenerator(seed: 4)
    var same = SeededGenerator(seed: 4)
    let authority = try Fixture.authority(
      refreshKeys: KeyRing(active: new, alsoAccepting: [old]))
    let pair = try authority.openSessionWithoutRecord(subject: "user-1", using: &source)
    let expected = Self.halves(
      key: [UInt8](repeating: 2, count: 32), "SessionTokens stateless jti",
      same.bytes(count: 16) + Self.bigEndian(0)
        + Self.bigEndian(Fixture.start.secondsSinceEpoch))
    #expect(try OpenedToken(pair.refreshToken).claims.jti == expected.refresh)
  }

  @Test func `no two tokens of a session share an identifier`() throws {
    let record = try #require(Fixture.record())
    let texts = (0..<100 as Range<Int64>).flatMap { generation in
      let identifiers = TokenIdentifiers(record.secret.hmac, generation: generation)
      return [identifiers.refresh.text, identifiers.access.text]
    }
    #expect(Set(texts).count == 200)
  }
}
