// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The session in which every text is at its limit, in characters that need six-byte escapes.
@Suite struct LargestSessionTests {
  static let issuer = String(repeating: "\u{1}", count: 85)
  static let audience = String(repeating: "\u{2}", count: 85)
  static let subject = String(repeating: "\u{3}", count: 170) + "ab"
  static let clientID = String(repeating: "\u{4}", count: 170) + "ab"
  static let custom: JSONObject = [
    "c": .string(String(repeating: "\u{5}", count: 1_364) + "ab")
  ]

  static func authority() throws -> SessionAuthority {
    try AuthorityFixture.authority(
      policy: AuthorityFixture.policy(accessTTL: 900, refreshTTL: 3_155_760_000, idleTTL: nil),
      issuer: issuer, audience: audience,
      accessKeys: KeyRing(
        active: SigningKey(
          id: String(repeating: "\u{6}", count: 85), secret: AuthorityFixture.accessSecret)),
      refreshKeys: KeyRing(
        active: SigningKey(
          id: String(repeating: "\u{7}", count: 85), secret: AuthorityFixture.refreshSecret)),
      at: .maximum - .seconds(10_000))
  }

  static func claims() throws -> CustomClaims {
    try CustomClaims(custom)
  }

  @Test func `the largest session's texts are at their limits`() throws {
    #expect([Self.issuer, Self.audience].map(\.encodedJSONCount) == [512, 512])
    #expect([Self.subject, Self.clientID].map(\.encodedJSONCount) == [1_024, 1_024])
    #expect(Self.custom.encodedCount == 8_192)
    #expect(throws: ClaimsError.tooLarge(bytes: 8_193)) {
      try CustomClaims(["cc": #require(Self.custom["c"])])
    }
  }

  @Test func `the largest session's tokens are within 16 KiB and are accepted`() throws {
    let authority = try Self.authority()
    let (tokens, record) = try authority.openSession(
      subject: Self.subject, clientID: Self.clientID, claims: Self.claims())
    for token in [tokens.accessToken, tokens.refreshToken] {
      #expect(token.prefix { $0 != "." }.utf8.count <= 1_024)
    }
    #expect(tokens.accessToken.utf8.count > 15_000)
    #expect(tokens.accessToken.utf8.count <= 16_384)
    #expect(tokens.refreshToken.utf8.count <= 16_384)
    let token = try authority.accessTokenVerifier.verify(tokens.accessToken)
    #expect(token.issuer == Self.issuer)
    #expect(token.subject == Self.subject)
    #expect(token.clientID == Self.clientID)
    #expect(token.custom == Self.custom)
    let presented = try authority.verifyRefresh(tokens.refreshToken)
    #expect(presented.sessionID == record.id)
    #expect(presented.subject == Self.subject)
  }

  @Test func `the largest session without a record can be refreshed at any generation`() throws {
    let authority = try Self.authority()
    let opened = try authority.openSessionWithoutRecord(
      subject: Self.subject, clientID: Self.clientID, claims: Self.claims())
    let rotated = try authority.rotateWithoutRecord(
      opened.refreshToken, signedInSince: nil, claims: Self.claims()
    ).get()
    #expect(rotated.accessToken.utf8.count <= 16_384)
    #expect(
      try authority.accessTokenVerifier.verify(rotated.accessToken).custom == Self.custom)
    let now = authority.clock.now
    let generation = SessionGeneration(
      sessionID: try #require(SessionID("_____________________w")), subject: Self.subject,
      clientID: Self.clientID, authenticatedAt: now, rotatedAt: now, number: .max)
    let last = authority.tokensWithoutRecord(
      of: generation, custom: try Self.claims(), decidedAt: now)
    #expect(last.refreshToken.utf8.count <= 16_384)
    let again = try authority.rotateWithoutRecord(
      last.refreshToken, signedInSince: nil, claims: Self.claims()
    ).get()
    #expect(again.accessToken.utf8.count <= 16_384)
    _ = try authority.accessTokenVerifier.verify(again.accessToken)
  }

  @Test func `the largest session's response is read back by a client`() throws {
    let response = try Self.authority().openSession(
      subject: Self.subject, clientID: Self.clientID, claims: Self.claims()
    ).tokens.response
    #expect(try TokenResponse(parsing: response.json.utf8) == response)
  }
}
