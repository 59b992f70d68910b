// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The value of an `Authorization` field: the scheme and exactly one token.
@Suite struct AuthorizationFieldTests {
  static let token = HandMadeToken.access.signed

  private func verify(_ field: String?) throws -> AccessToken {
    try AuthorityFixture.verifier().verify(authorization: field)
  }

  @Test(arguments: [
    "Bearer \(token)", "bearer \(token)", "BEARER \(token)", "bEaReR \(token)", "Bearer   \(token)",
  ])
  func `the scheme may have any case, and any number of spaces after it`(_ field: String) throws {
    #expect(try verify(field) == AuthorityFixture.verifier().verify(Self.token))
  }

  @Test(arguments: [
    nil, "", " ", "B", "Beare", "Basic dXNlcjpwYXNz", "Basic \(token)", "DPoP \(token)",
    " Bearer \(token)", "\tBearer \(token)", "Bearer\t\(token)", "Bearer\(token)",
    "Bearers \(token)",
    "Bearer:\(token)", "Bearer,\(token)", "Bearer\u{a0}\(token)", "Ｂearer \(token)",
    "Bearer\0\(token)", "Token \(token)", token, "Bea rer \(token)", "\u{2}earer \(token)",
    "Bear\u{25}r \(token)",
  ])
  func `without the scheme there are no credentials`(_ field: String?) {
    #expect(throws: TokenError.missing) { try verify(field) }
  }

  @Test func `the challenge for absent credentials has no error code`() throws {
    let error = try #require(throws: TokenError.self) { try verify(nil) }
    #expect(error.challenge == "Bearer")
  }

  @Test(arguments: [
    "Bearer", "Bearer ", "Bearer    ", "bearer", "Bearer \(token) ", "Bearer \(token) \(token)",
    "Bearer \(token),\(token)", "Bearer \(token), Bearer \(token)", "Bearer \(token),",
    "Bearer ,\(token)", "Bearer ,", "Bearer a b", "Bearer \(token) x=y",
  ])
  func `anything but one token is malformed`(_ field: String) {
    #expect(throws: TokenError.malformed(.parts)) { try verify(field) }
  }

  static let refusals: [(String, TokenError)] = [
    ("Bearer \(token)\t", .malformed(.signatureLength)),
    ("Bearer \(token)\n", .malformed(.signatureLength)),
    ("Bearer \t\(token)", .malformed(.base64)),
    ("Bearer \"\(token)\"", .malformed(.base64)),
    ("Bearer x", .malformed(.parts)),
    ("Bearer a.b.c.d", .malformed(.parts)),
    ("Bearer " + HandMadeToken.access.with("jti", nil).signed, .oneClaim("jti", .missing)),
    (
      "Bearer " + HandMadeToken.access.with("exp", "1800000000").signed,
      .oneClaim("exp", .expired(ago: .zero))
    ),
    ("Bearer " + String(repeating: "a", count: 16_385), .malformed(.tooLarge)),
  ]

  @Test(arguments: refusals)
  func `the token of a field is checked like any token`(_ field: String, _ error: TokenError) {
    #expect(throws: error) { try verify(field) }
  }

  @Test func `a field may exceed the size of a token by its scheme and spaces`() throws {
    let spaces = String(repeating: " ", count: 20_000)
    #expect(try verify("Bearer" + spaces + Self.token).subject == "user-1")
  }
}
