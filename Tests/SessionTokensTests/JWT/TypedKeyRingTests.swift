// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Tokens of one type under one ring: the header known by its bytes, and every other spelling of
/// it.
@Suite struct TypedKeyRingTests {
  private let typed: TypedKeyRing

  init() throws {
    typed = try TypedKeyRing(
      KeyRing(
        active: SigningKey(id: "k", secret: RawToken.secret),
        alsoAccepting: [SigningKey(id: "old", secret: RawToken.secret.reversed())]),
      type: "at+jwt")
  }

  private func authenticate(_ token: String) throws -> String {
    try token.utf8.withSpan { text throws(TokenError) in
      let parts = try typed.authenticate(text)
      return String(utf8: text.extracting(parts.payload))
    }
  }

  @Test func `a token it signs is accepted, and equals that of the general layer`() throws {
    let token = Array("{}".utf8).withSpan { typed.sign(payload: $0) }
    let key = try SigningKey(id: "k", secret: RawToken.secret)
    #expect(try token == JWT.encode(Claims(), type: "at+jwt", key: key))
    #expect(try authenticate(token) == "e30")
    let old = try SigningKey(id: "old", secret: RawToken.secret.reversed())
    #expect(try authenticate(JWT.encode(Claims(), type: "at+jwt", key: old)) == "e30")
  }

  @Test(arguments: [
    #"{"alg":"HS256","kid":"k","typ":"at+jwt"}"#, #"{"typ":"AT+JWT","alg":"HS256","kid":"\u006b"}"#,
    #"{"alg":"HS256","typ":"application/at+jwt","kid":"k","jwk":{}}"#,
  ])
  func `another spelling of the header is accepted`(_ header: String) throws {
    #expect(try authenticate(RawToken(header: header, payload: "{}").compact) == "e30")
  }

  @Test(
    arguments: [
      (#"{"alg":"none","typ":"at+jwt","kid":"k"}"#, .unsupportedHeader("alg")),
      (#"{"alg":"HS256","typ":"at+jwt","kid":"k","crit":[]}"#, .unsupportedHeader("crit")),
      (#"{"alg":"HS256","typ":"rt+jwt","kid":"k"}"#, .wrongType(expected: "at+jwt")),
      (#"{"alg":"HS256","kid":"k"}"#, .wrongType(expected: "at+jwt")),
      (#"{"alg":"HS256","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"HS256","typ":"at+jwt","kid":"K"}"#, .unknownKey),
      (#"{"alg":"HS256","typ":"at+jwt","kid":"old"}"#, .badSignature),
      (#"{"alg":"HS256","typ":"at+jwt","kid":"k","kid":"k"}"#, .malformed(.duplicateName)),
    ] as [(String, TokenError)])
  func `a header that doesn't fit the ring and type is refused`(
    _ header: String, _ error: TokenError
  ) {
    let token = RawToken(header: header, payload: "{}").compact
    #expect(throws: error) { try authenticate(token) }
  }

  @Test func `a known header with a wrong signature is refused`() {
    let token = Array("{}".utf8).withSpan { typed.sign(payload: $0) }
    let forged = token.dropLast(3) + (token.hasSuffix("AAA") ? "BBA" : "AAA")
    #expect(throws: TokenError.badSignature) { try authenticate(String(forged)) }
    #expect(throws: TokenError.malformed(.parts)) { try authenticate(token + ".") }
  }

  @Test func `session tokens begin with the block that their keys are prepared for`() throws {
    let authority = try AuthorityFixture.authority()
    let (tokens, _) = try authority.openSession(subject: "u")
    let others = try authority.openSessionWithoutRecord(subject: "u")
    for token in [
      tokens.accessToken, tokens.refreshToken, others.accessToken, others.refreshToken,
    ] {
      let rest = token.drop { $0 != "." }
      #expect(rest.hasPrefix(TypedKeyRing.payloadStart))
      let block = token.utf8.count - rest.utf8.count + TypedKeyRing.payloadStart.utf8.count
      #expect(block >= SHA256.blockByteCount, "otherwise there is no block to prepare for")
    }
  }
}
