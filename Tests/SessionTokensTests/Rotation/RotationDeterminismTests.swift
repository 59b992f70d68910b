// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// One clock read per call, no randomness: a decision follows from its arguments.
@Suite struct RotationDeterminismTests {
  @Test(arguments: Int64(0)...9, [nil, RotationScene.keys[0], RotationScene.otherKey])
  func `the same call twice gives the same decision, byte for byte`(
    _ generation: Int64, _ key: String?
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let now = scene.row.rotatedAt + .seconds(60)
    let token = try scene.presented(generation)
    let decision = scene.decide(token, key: key, at: now)
    #expect(scene.decide(token, key: key, at: now) == decision)
    let again = try RotationScene().presented(generation)
    #expect(scene.decide(again, key: key, at: now) == decision)
  }

  @Test(arguments: Int64(0)...9, [nil, RotationScene.keys[0], RotationScene.otherKey])
  func `a rotation reads the clock exactly once, whatever it decides`(
    _ generation: Int64, _ key: String?
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let token = try scene.presented(generation)
    let counted = CountedClock(start: scene.row.rotatedAt + .seconds(119))
    scene.authority.clock = counted.clock
    let decision = scene.authority.rotate(
      token, record: scene.row.record, idempotencyKey: key, claims: .empty)
    #expect(counted.readings == 1)
    let expected = scene.decide(token, key: key, at: scene.row.rotatedAt + .seconds(119))
    #expect(decision == expected)
  }

  @Test func `a rotation without a record reads the clock exactly once`() throws {
    var scene = try RotationScene()
    let token = try scene.presented(7)
    let counted = CountedClock(start: scene.row.rotatedAt)
    scene.authority.clock = counted.clock
    _ = scene.authority.rotate(token, record: nil, idempotencyKey: nil, claims: .empty)
    #expect(counted.readings == 1)
  }

  @Test(arguments: [nil, RevocationReason.signedOut])
  func `ending a session reads the clock exactly once`(_ reason: RevocationReason?) throws {
    var scene = try RotationScene()
    scene.row.revocationReason = reason
    let counted = CountedClock(start: scene.row.rotatedAt)
    scene.authority.clock = counted.clock
    let update = scene.authority.revoke(scene.row.record, reason: .administrator)
    #expect(counted.readings == 1)
    #expect(update?.record.revokedAt == (reason == nil ? scene.row.rotatedAt : nil))
  }

  @Test func `verification and the computation of a window read no clock`() throws {
    var scene = try RotationScene()
    let text = scene.authority.refreshKeys.sign(scene.claims(7))
    let counted = CountedClock(start: .minimum)
    scene.authority.clock = counted.clock
    _ = try scene.authority.verifyRefresh(text)
    _ = try? scene.authority.verifyRefresh("no token")
    _ = scene.authority.refreshWindow(of: scene.row.record)
    #expect(counted.readings == 0)
  }

  @Test(arguments: [NumericDate.minimum, RotationScene.signIn, .maximum])
  func `verification doesn't check time: a token of any age names its session`(
    _ now: NumericDate
  ) throws {
    var scene = try RotationScene()
    scene.authority.clock = .fixed(now)
    var claims = scene.claims(7)
    for (issuedAt, expiresAt) in [
      (NumericDate.minimum, NumericDate.minimum), (.maximum, .minimum), (.maximum, .maximum),
    ] {
      claims.issuedAt = issuedAt
      claims.expiresAt = expiresAt
      #expect(try scene.present(claims).sessionID == scene.row.id)
    }
  }

  /// The bytes were computed with Python's `hmac`, by RFC 7515 and `TokenIdentifiers`.
  @Test func `the tokens of a generation are these bytes, in every version`() throws {
    let scene = try RotationScene()
    let pair = try scene.decide(7, at: scene.row.rotatedAt).answer.get()
    #expect(
      pair.accessToken
        == compact(
          #"{"alg":"HS256","typ":"at+jwt","kid":"a1"}"#,
          #"{"iss":"https://id.example","sub":"user-1","aud":"https://api.example","#
            + #""exp":1800087300,"iat":1800086400,"jti":"q5gOBljp1CKlYK13eUDozg","#
            + #""sid":"AAECAwQFBgcICQoLDA0ODw","auth_time":1800000000,"client_id":"app"}"#,
          signature: "8K-pyp9w_5Ek7Su0XuWxFGUDdJUik8A4INMKuCRffLQ"))
    #expect(
      pair.refreshToken
        == compact(
          #"{"alg":"HS256","typ":"rt+jwt","kid":"r1"}"#,
          #"{"iss":"https://id.example","sub":"user-1","aud":"https://id.example","#
            + #""exp":1800691200,"iat":1800086400,"jti":"AckmT3QGU8dIrah6Nyt8tA","#
            + #""sid":"AAECAwQFBgcICQoLDA0ODw","auth_time":1800000000,"client_id":"app","gen":8}"#,
          signature: "-_O2FJGbdO_qRfdwD-8L0ilCr5au2_O1UbaO59TwiL0"))
  }

  private func compact(_ header: String, _ payload: String, signature: String) -> String {
    Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8)) + "."
      + signature
  }
}
