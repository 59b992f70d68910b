// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The value of a verified token.
@Suite struct AccessTokenTests {
  private func token(_ changes: (String, String)...) throws -> AccessToken {
    var token = HandMadeToken.access
    for (name, json) in changes { token[name] = json }
    let verifier = try AccessTokenVerifier(
      issuer: changes.first { $0.0 == "iss" } == nil ? AuthorityFixture.issuer : "i2",
      audience: AuthorityFixture.audience, keys: AuthorityFixture.accessKeys(),
      clock: .fixed(AuthorityFixture.start))
    return try verifier.verify(token.signed)
  }

  @Test func `two access tokens are equal when all claims are`() throws {
    let tokens = try [
      token(), token(("iss", #""i2""#)), token(("sub", #""user-2""#)), token(("jti", #""x""#)),
      token(("client_id", #""y""#)), token(("sid", #""AAAAAAAAAAAAAAAAAAAAAQ""#)),
      token(("auth_time", "1799999999")), token(("iat", "1799999999")),
      token(("exp", "1800000901")), token(("role", #""user""#)), token(("more", "1")),
    ]
    for (index, a) in tokens.enumerated() {
      for (other, b) in tokens.enumerated() { #expect((a == b) == (index == other)) }
    }
    #expect(try token() == token())
  }

  @Test func `subjects compare by their bytes`() throws {
    let composed = try token(("sub", "\"caf\u{e9}\""))
    #expect(try composed != token(("sub", "\"cafe\u{301}\"")))
  }

  struct Roles: Decodable, Equatable {
    let roles: [String]
    let level: Int
  }

  @Test func `custom claims decode to a type`() throws {
    let token = try token(("roles", #"["a","b"]"#), ("level", "3"))
    #expect(try token.claims(as: Roles.self) == Roles(roles: ["a", "b"], level: 3))
    let inferred: Roles = try token.claims()
    #expect(inferred.level == 3)
  }

  @Test(arguments: [
    (#"["a"]"#, #""x""#, "level"), (#"["a"]"#, "true", "level"), (#""a""#, "3", "roles"),
  ])
  func `a custom claim of another kind is named`(
    _ roles: String, _ level: String, _ claim: String
  ) throws {
    let token = try token(("roles", roles), ("level", level))
    #expect(throws: TokenError.oneClaim(claim, .malformed)) { try token.claims(as: Roles.self) }
  }

  @Test func `a custom claim that is absent is named`() throws {
    let token = try token(("roles", "[]"))
    #expect(throws: TokenError.oneClaim("level", .missing)) { try token.claims(as: Roles.self) }
  }

  @Test func `a registered claim isn't a custom claim`() {
    struct Subject: Decodable {
      let sub: String
    }
    #expect(throws: TokenError.oneClaim("sub", .missing)) {
      try token().claims(as: Subject.self)
    }
  }
}
