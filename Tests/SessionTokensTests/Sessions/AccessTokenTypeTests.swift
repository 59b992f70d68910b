// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Tokens of other types, and of other keys.
@Suite struct AccessTokenTypeTests {
  typealias Fixture = AuthorityFixture

  private func verify(_ token: String) throws -> AccessToken {
    try Fixture.verifier().verify(token)
  }

  private func typed(_ type: String?) -> String {
    var token = HandMadeToken.access
    token.type = type
    return token.signed
  }

  @Test(arguments: [
    "at+jwt", "AT+JWT", "At+Jwt", "application/at+jwt", "APPLICATION/AT+JWT", "Application/at+JWT",
  ])
  func `any spelling of the media type is accepted`(_ type: String) throws {
    #expect(try verify(typed(type)).subject == "user-1")
  }

  @Test(arguments: [
    nil, "", "JWT", "jwt", "rt+jwt", "rt-stateless+jwt", "at+jwt ", " at+jwt", "at+jwt;v=1", "at",
    "application/", "application/application/at+jwt", "text/at+jwt", "at+jwts", "ａt+jwt",
    "application/rt+jwt", "aT\u{2b}jw",
  ])
  func `any other type is refused despite a correct signature`(_ type: String?) {
    #expect(throws: TokenError.wrongType(expected: "at+jwt")) { try verify(typed(type)) }
  }

  @Test func `the authority's refresh tokens are refused for their type`() throws {
    let authority = try Fixture.authority()
    let withRecord = try authority.openSession(subject: "user-1").tokens.refreshToken
    let withoutRecord = try authority.openSessionWithoutRecord(subject: "user-1").refreshToken
    for token in [withRecord, withoutRecord] {
      #expect(throws: TokenError.wrongType(expected: "at+jwt")) { try verify(token) }
      #expect(throws: TokenError.wrongType(expected: "at+jwt")) {
        try Fixture.verifier().verify(authorization: "Bearer " + token)
      }
    }
  }

  @Test(arguments: ["rt+jwt", "rt-stateless+jwt"])
  func `a refresh type signed with the access key is refused for its type`(_ type: String) {
    #expect(throws: TokenError.wrongType(expected: "at+jwt")) { try verify(typed(type)) }
  }

  @Test func `an access token signed with a refresh key has an unknown key`() {
    var token = HandMadeToken.access
    token.keyID = Fixture.refreshKeyID
    #expect(throws: TokenError.unknownKey) { try verify(token.signed(with: Fixture.refreshSecret)) }
  }

  @Test func `an access token with the access key's ID and another key's signature is refused`() {
    #expect(throws: TokenError.badSignature) {
      try verify(HandMadeToken.access.signed(with: Fixture.refreshSecret))
    }
  }

  @Test(arguments: [nil, "", "a-2025", "A-2026", "a-2026 ", "a-202"])
  func `a key ID that isn't in the ring is unknown`(_ keyID: String?) {
    var token = HandMadeToken.access
    token.keyID = keyID
    #expect(throws: TokenError.unknownKey) { try verify(token.signed) }
  }

  @Test func `a changed payload or header has a bad signature`() throws {
    let parts = HandMadeToken.access.signed.split(separator: ".")
    let payload = Base64URLBytes.text(HandMadeToken.access.with("sub", "\"root\"").payload.utf8)
    #expect(throws: TokenError.badSignature) {
      try verify([String(parts[0]), payload, String(parts[2])].joined(separator: "."))
    }
    let header = Base64URLBytes.text(#"{"typ":"at+jwt","alg":"HS256","kid":"a-2026"}"#.utf8)
    #expect(throws: TokenError.badSignature) {
      try verify([header, String(parts[1]), String(parts[2])].joined(separator: "."))
    }
  }

  @Test func `a header in another order and with more parameters is accepted`() throws {
    let token = HandMadeToken.sign(
      header: #"{ "jku":"https://evil.example","kid":"a-2026","typ":"at+jwt","alg":"HS256" }"#,
      payload: HandMadeToken.access.payload, with: Fixture.accessSecret)
    #expect(try verify(token).subject == "user-1")
  }

  @Test(arguments: ["none", "hs256", "HS384", "RS256", ""])
  func `another algorithm is refused despite a correct signature`(_ algorithm: String) {
    let token = HandMadeToken.sign(
      header: #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"a-2026"}"#,
      payload: HandMadeToken.access.payload, with: Fixture.accessSecret)
    #expect(throws: TokenError.unsupportedHeader("alg")) { try verify(token) }
  }

  @Test func `every key of the ring is accepted, and a removed one is refused`() throws {
    let old = try SigningKey(id: "old", secret: [UInt8](repeating: 1, count: 32))
    let new = try SigningKey(id: "new", secret: [UInt8](repeating: 2, count: 32))
    let authority = try Fixture.authority(accessKeys: KeyRing(active: old))
    let token = try authority.openSession(subject: "user-1").tokens.accessToken
    let verifier = { (keys: KeyRing) in
      try AccessTokenVerifier(
        issuer: Fixture.issuer, audience: Fixture.audience, keys: keys,
        clock: .fixed(Fixture.start))
    }
    _ = try verifier(KeyRing(active: old)).verify(token)
    _ = try verifier(KeyRing(active: new, alsoAccepting: [old])).verify(token)
    _ = try verifier(KeyRing(active: old, alsoAccepting: [new])).verify(token)
    #expect(throws: TokenError.unknownKey) { try verifier(KeyRing(active: new)).verify(token) }
  }
}
