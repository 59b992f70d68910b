// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Logs, dumps and mirrors of values that hold tokens or secrets show nothing of them.
@Suite struct SessionsRedactionTests {
  /// Expects that no text of `value`, alone or inside other values, has any of the secrets.
  private func expectNothing<Value>(
    of secrets: [String], in value: Value, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let texts = Disclosure.texts(of: value)
    #expect(texts.count >= 40, sourceLocation: sourceLocation)
    for text in texts {
      for secret in secrets {
        #expect(!text.contains(secret), "\(secret)", sourceLocation: sourceLocation)
      }
    }
    #expect(Mirror(reflecting: value).children.isEmpty, sourceLocation: sourceLocation)
    #expect(
      String(reflecting: value) == String(describing: value), sourceLocation: sourceLocation)
  }

  @Test func `the search for secrets finds them in a plain value`() {
    struct Open {
      let token = "a.b.c"
    }
    #expect(Disclosure.texts(of: Open()).filter { $0.contains("a.b.c") }.count >= 40)
  }

  @Test func `a token pair shows no token`() {
    expectNothing(of: ["a.b.c", "d.e.f"], in: TokenPairTests.pair())
  }

  @Test func `a response shows no token`() {
    expectNothing(of: ["a.b.c", "d.e.f"], in: TokenResponseTests.response())
  }

  /// Bytes as Swift prints arrays, vectors and base64url: in decimal, in words, in digits.
  static let secretTexts = [
    "165, 165", "a5a5", "A5A5", "2779096485", "SIMD", "words", "paWl",
    String(0xa5a5_a5a5_a5a5_a5a5 as UInt64),
  ]

  @Test func `a session secret shows no secret`() throws {
    let secret = try #require(AuthorityFixture.record()).secret
    #expect(secret.description == "SessionSecret")
    expectNothing(of: Self.secretTexts, in: secret)
  }

  @Test func `idempotency keys show no key`() throws {
    let keys = try #require(IdempotencyKeys(rawValue: "kkkkkkkkkkkkkkkk,jjjjjjjjjjjjjjjj"))
    #expect(keys.description == "IdempotencyKeys")
    expectNothing(of: ["kkk", "jjj"], in: keys)
  }

  @Test func `a record shows no secret, key or user`() throws {
    let record = try #require(
      AuthorityFixture.record(
        subject: "user@example.com", clientID: "client-9", keys: "kkkkkkkkkkkkkkkk",
        reason: .signedOut))
    expectNothing(
      of: Self.secretTexts + ["kkk", "user@example.com", "client-9"], in: record)
  }

  @Test func `an access token shows no claim but sid and exp`() throws {
    let token = try AuthorityFixture.verifier().verify(
      HandMadeToken.access.with("secret_role", #""top""#).signed)
    #expect(
      token.description == "AccessToken(sid: AAAAAAAAAAAAAAAAAAAAAA, exp: 1800000900)")
    expectNothing(
      of: ["user-1", "admin", "secret_role", "top", "BBBBBBBB", "client_id", "auth.example"],
      in: token)
  }
}
