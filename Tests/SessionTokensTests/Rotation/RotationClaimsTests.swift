// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The server's custom claims, new ones or those of another token.
@Suite struct RotationClaimsTests {
  @Test func `valid claims of a foreign token are signed as they are`() throws {
    let scene = try RotationScene()
    let claims = try CustomClaims(foreign("{\"roles\":[\"admin\"],\"n\":1.5}"))
    let pair = try scene.authority.rotate(
      scene.presented(7), record: scene.row.record, idempotencyKey: nil, claims: claims
    ).answer.get()
    let access = try scene.authority.accessTokenVerifier.verify(pair.accessToken)
    #expect(access.custom == claims.members)
    #expect(try UnverifiedJWT(pair.refreshToken).claims().custom["roles"] == nil)
  }

  @Test func `each rotation has the claims that it was given, and keeps none`() throws {
    var scene = try RotationScene()
    for claims in [try CustomClaims(["roles": ["admin"]]), .empty] {
      let decision = try scene.authority.rotate(
        scene.presented(scene.row.generation), record: scene.row.record, idempotencyKey: nil,
        claims: claims)
      scene.row = RecordDraft(try #require(decision.update).record)
      let pair = try decision.answer.get()
      #expect(
        try scene.authority.accessTokenVerifier.verify(pair.accessToken).custom == claims.members)
    }
  }

  @Test func `a token with the largest claims is accepted`() throws {
    var scene = try RotationScene()
    scene.row.subject = String(repeating: "s", count: 1_022)
    scene.row.clientID = String(repeating: "c", count: 1_022)
    let overhead = CustomClaims.empty.members.encodedCount + "\"a\":\"\"".utf8.count
    let claims = try CustomClaims([
      "a": .string(String(repeating: "x", count: 8_192 - overhead))
    ])
    let pair = try scene.authority.rotate(
      scene.presented(7), record: scene.row.record, idempotencyKey: nil, claims: claims
    ).answer.get()
    #expect(pair.accessToken.utf8.count <= 16_384)
    #expect(
      try scene.authority.accessTokenVerifier.verify(pair.accessToken).custom == claims.members)
  }

  /// The custom claims of a token that another issuer signed.
  private func foreign(_ payload: String) throws -> JSONObject {
    let key = try SigningKey.random(id: "k")
    let token = payload.utf8.withSpan { payload in
      JOSEHeader.withText(type: "JWT", keyID: "k") { header in
        key.sign(payload: payload, headerByteCount: Base64URL.encodedCount(header.count)) { token in
          Base64URL.encode(header, to: &token)
        }
      }
    }
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent)
    let jwt = try JWT.decode(
      token, keys: KeyRing(active: key), type: .notChecked, validator: validator)
    return jwt.claims.custom
  }
}
