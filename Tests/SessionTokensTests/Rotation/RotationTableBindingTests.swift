// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rows 1 to 3: no record, a token that isn't the session's, a session that has ended.
@Suite struct RotationTableBindingTests {
  /// One claim of a genuine token, changed.
  enum Change: String, CaseIterable, Sendable {
    case sid, sub, subSpelling, clientID, clientIDSpelling, noClientID, authTimeEarlier
    case authTimeLater, jti, jtiFirstBit, jtiLastBit, jtiOfAccessToken, jtiOfOtherGeneration

    func apply(to claims: inout SessionClaims, of row: RecordDraft) throws {
      let identifiers = TokenIdentifiers(row.secret.hmac, generation: 7)
      switch self {
      case .sid: claims.sessionID = try #require(SessionID("AAECAwQFBgcICQoLDA0OEA"))
      case .sub: claims.subject = "user-2"
      case .subSpelling: claims.subject = "ame\u{301}lie"
      case .clientID: claims.clientID = "web"
      case .clientIDSpelling: claims.clientID = "cafe\u{301}"
      case .noClientID: claims.clientID = nil
      case .authTimeEarlier: claims.authenticatedAt = row.authenticatedAt - .seconds(1)
      case .authTimeLater: claims.authenticatedAt = row.authenticatedAt + .seconds(1)
      case .jti: claims.id = .identifier(Identifier128(SIMD4(1, 2, 3, 4)))
      case .jtiFirstBit: claims.id = .identifier(try flipped(identifiers.refresh, at: 0))
      case .jtiLastBit: claims.id = .identifier(try flipped(identifiers.refresh, at: 15))
      case .jtiOfAccessToken: claims.id = .identifier(identifiers.access)
      case .jtiOfOtherGeneration:
        claims.id = .identifier(TokenIdentifiers(row.secret.hmac, generation: 6).refresh)
      }
    }

    private func flipped(_ identifier: Identifier128, at index: Int) throws -> Identifier128 {
      var bytes = try #require(Base64URL.decode(identifier.text.utf8))
      bytes[index] ^= index == 0 ? 0x80 : 0x01
      return try #require(Base64URL.encode(bytes).utf8.withSpan { Identifier128($0) })
    }
  }

  @Test func `without a record the session is unknown`() throws {
    let scene = try RotationScene()
    let decision = try scene.authority.rotate(
      scene.presented(7), record: nil, idempotencyKey: nil, claims: .empty)
    #expect(decision == .refuse(.unknownSession))
  }

  @Test(arguments: Change.allCases)
  func `a token with one different claim isn't the session's`(_ change: Change) throws {
    var scene = try RotationScene()
    scene.row.subject = "am\u{e9}lie"
    scene.row.clientID = "caf\u{e9}"
    var claims = scene.claims(7)
    #expect(try scene.decide(scene.present(claims), at: scene.row.rotatedAt).update != nil)
    try change.apply(to: &claims, of: scene.row)
    let decision = try scene.decide(scene.present(claims), at: scene.row.rotatedAt)
    #expect(decision == .refuse(.bindingMismatch))
  }

  @Test func `canonically equivalent texts are different users and clients`() {
    #expect("ame\u{301}lie" == "am\u{e9}lie")
    #expect("cafe\u{301}" == "caf\u{e9}")
  }

  @Test func `a token with a client isn't that of a session without one`() throws {
    var scene = try RotationScene()
    scene.row.clientID = nil
    var claims = scene.claims(7)
    #expect(try scene.decide(scene.present(claims), at: scene.row.rotatedAt).update != nil)
    claims.clientID = "app"
    let decision = try scene.decide(scene.present(claims), at: scene.row.rotatedAt)
    #expect(decision == .refuse(.bindingMismatch))
  }

  @Test func `a signing key alone can't forge a token: the session's secret is needed`() throws {
    let scene = try RotationScene()
    let token = try scene.presented(7)
    var row = scene.row
    row.secret = try #require(SessionSecret(bytes: RotationScene.bytes(0x5f)))
    let decision = scene.authority.rotate(
      token, record: row.record, idempotencyKey: nil, claims: .empty)
    #expect(decision == .refuse(.bindingMismatch))
  }

  @Test(arguments: ["signed_out", "reuse_detected", "administrator", "the.host-s_0wn"])
  func `an ended session issues no tokens, and the reason is reported`(
    _ text: String
  ) throws {
    let reason = try #require(RevocationReason(rawValue: text))
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    scene.row.revocationReason = reason
    scene.row.revokedAt = scene.row.rotatedAt
    for generation in Int64(1)...9 {
      for key in RotationScene.keys + [RotationScene.otherKey] {
        let decision = try scene.decide(generation, key: key, at: scene.row.rotatedAt)
        #expect(decision == .refuse(.revoked(reason)))
      }
    }
  }

  @Test func `a session has ended if its record has a reason or a moment of the end`() throws {
    var scene = try RotationScene()
    scene.row.revokedAt = scene.row.rotatedAt
    #expect(
      try scene.decide(7, at: scene.row.rotatedAt).outcome == .refuse(.revoked(.unspecified)))
    #expect(scene.authority.revoke(scene.row.record, reason: .signedOut) == nil)
    scene.row.revokedAt = nil
    scene.row.revocationReason = .signedOut
    #expect(
      try scene.decide(7, at: scene.row.rotatedAt).outcome == .refuse(.revoked(.signedOut)))
  }
}
