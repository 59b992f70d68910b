import Testing

@testable import SessionTokens

/// The host's own claims: fresh ones are signed, and those of somebody else's token are checked.
@Suite struct RotationClaimsTests {
  @Test(
    arguments: [
      "{\"sid\":\"x\"}", "{\"auth_time\":1}", "{\"client_id\":\"app\"}", "{\"gen\":0}",
      "{\"roles\":[\"admin\"],\"gen\":0}", "{\"\\u0073id\":\"x\"}",
    ])
  func `claims of a foreign token with a reserved name are refused where they would be signed`(
    _ payload: String
  ) throws {
    let claims = try foreign(payload)
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    for generation in Int64(1)...9 {
      let decisions = try [claims, .none].map { claims in
        try scene.authority.rotate(
          scene.presented(generation), record: scene.row.record,
          idempotencyKey: RotationScene.keys[0], claims: claims)
      }
      let handsOutTokens = (try? decisions[1].answer.get()) != nil
      #expect(decisions[0] == (handsOutTokens ? .refuse(.unusableClaims) : decisions[1]))
    }
    #expect(!Refusal.unusableClaims.isDefinitive)
  }

  @Test func `claims of a foreign token that are too large are refused`() throws {
    let scene = try RotationScene()
    let filling = CustomClaims.none.members.encodedCount + "\"a\":\"\"".utf8.count
    for (count, isUsable) in [(8_192 - filling, true), (8_193 - filling, false)] {
      let claims = try foreign("{\"a\":\"\(String(repeating: "x", count: count))\"}")
      let decision = try scene.authority.rotate(
        scene.presented(7), record: scene.row.record, idempotencyKey: nil, claims: claims)
      #expect(decision.outcome == (isUsable ? .rotate(to: 8) : .refuse(.unusableClaims)))
    }
  }

  @Test func `claims of a foreign token that are in order are signed as they are`() throws {
    let scene = try RotationScene()
    let claims = try foreign("{\"roles\":[\"admin\"],\"n\":1.5}")
    let pair = try scene.authority.rotate(
      scene.presented(7), record: scene.row.record, idempotencyKey: nil, claims: claims
    ).answer.get()
    let access = try scene.authority.accessTokenVerifier.verify(pair.accessToken)
    #expect(access.custom == claims)
    #expect(try UnverifiedJWT(pair.refreshToken).claims.custom["roles"] == nil)
  }

  @Test func `each rotation has the claims it was given, and none are kept`() throws {
    var scene = try RotationScene()
    for claims in [try CustomClaims(["roles": ["admin"]]), .none] {
      let decision = try scene.authority.rotate(
        scene.presented(scene.row.generation), record: scene.row.record, idempotencyKey: nil,
        claims: claims)
      scene.row = RecordDraft(try #require(decision.update).record)
      let pair = try decision.answer.get()
      #expect(
        try scene.authority.accessTokenVerifier.verify(pair.accessToken).custom == claims)
    }
  }

  @Test func `without a record the session is unknown, whatever the claims`() throws {
    let scene = try RotationScene()
    let decision = try scene.authority.rotate(
      scene.presented(7), record: nil, idempotencyKey: nil, claims: foreign("{\"sid\":\"x\"}"))
    #expect(decision == .refuse(.unknownSession))
  }

  @Test func `the largest claims make a token that is taken`() throws {
    var scene = try RotationScene()
    scene.row.subject = String(repeating: "s", count: 1_022)
    scene.row.clientID = String(repeating: "c", count: 1_022)
    let overhead = CustomClaims.none.members.encodedCount + "\"a\":\"\"".utf8.count
    let claims = try CustomClaims([
      "a": .string(String(repeating: "x", count: 8_192 - overhead))
    ])
    let pair = try scene.authority.rotate(
      scene.presented(7), record: scene.row.record, idempotencyKey: nil, claims: claims
    ).answer.get()
    #expect(pair.accessToken.utf8.count <= 16_384)
    #expect(
      try scene.authority.accessTokenVerifier.verify(pair.accessToken).custom == claims)
  }

  /// The custom claims of a token that another issuer signed.
  private func foreign(_ payload: String) throws -> CustomClaims {
    let key = try SigningKey.random(id: "k")
    let token = payload.utf8.withSpan { payload in
      JOSEHeader.withEncoded(type: "JWT", keyID: "k") { key.sign(header: $0, payload: payload) }
    }
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent)
    let jwt = try JWT.decode(
      token, keys: KeyRing(active: key), type: .notChecked, validator: validator)
    return jwt.claims.custom
  }
}
