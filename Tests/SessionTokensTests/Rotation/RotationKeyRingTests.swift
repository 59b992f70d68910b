// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// New keys during a session: nobody is signed out while the old key is still accepted.
@Suite struct RotationKeyRingTests {
  private let access: [SigningKey]
  private let refresh: [SigningKey]
  private let scene: RotationScene

  init() throws {
    access = [try Self.key("a1", 0xa1), try Self.key("a2", 0xa2)]
    refresh = [try Self.key("r1", 0x71), try Self.key("r2", 0x72)]
    scene = try RotationScene()
  }

  @Test func `a session that was opened with old keys continues with new ones`() throws {
    let old = try authority(accessKeys: [access[0]], refreshKeys: [refresh[0]])
    let session = try old.openSession(subject: "user-1")

    let new = try authority(
      accessKeys: access.reversed(), refreshKeys: refresh.reversed())
    let decision = try new.rotate(
      new.verifyRefresh(session.tokens.refreshToken), record: session.record,
      idempotencyKey: nil, claims: .empty)
    let pair = try decision.answer.get()
    #expect(decision.outcome == .rotate(to: 1))
    #expect(try UnverifiedJWT(pair.accessToken).keyID == "a2")
    #expect(try UnverifiedJWT(pair.refreshToken).keyID == "r2")
    _ = try new.accessTokenVerifier.verify(session.tokens.accessToken)

    let next = try authority(accessKeys: [access[1]], refreshKeys: [refresh[1]])
    let record = try #require(decision.update).record
    #expect(
      try next.rotate(
        next.verifyRefresh(pair.refreshToken), record: record, idempotencyKey: nil, claims: .empty
      ).outcome == .rotate(to: 2))
    #expect(throws: Refusal.unknownKey) {
      try next.verifyRefresh(session.tokens.refreshToken)
    }
    #expect(throws: TokenError.unknownKey) {
      try next.accessTokenVerifier.verify(session.tokens.accessToken)
    }
  }

  @Test func `a session whose key was retired ends, and no other`() throws {
    let old = try authority(accessKeys: [access[0]], refreshKeys: [refresh[0]])
    let session = try old.openSession(subject: "user-1")
    let now = try SessionAuthority(
      issuer: old.issuer, audience: old.audience,
      accessKeys: KeyRing(active: access[1], retired: ["a1"]),
      refreshKeys: KeyRing(active: refresh[1], retired: ["r1"]), policy: old.policy,
      clock: old.clock)
    #expect(throws: Refusal.retiredKey) { try now.verifyRefresh(session.tokens.refreshToken) }
    #expect(Refusal.retiredKey.isDefinitive)
    // For an access token the app's response is a refresh, whatever the state of the key.
    #expect(throws: TokenError.unknownKey) {
      try now.accessTokenVerifier.verify(session.tokens.accessToken)
    }
    let next = try now.openSession(subject: "user-1")
    #expect(try now.verifyRefresh(next.tokens.refreshToken).generation == 0)
  }

  @Test func `a retired ID doesn't count as a shared secret`() throws {
    _ = try SessionAuthority(
      issuer: "i", audience: "a", accessKeys: KeyRing(active: access[0], retired: ["r1", "x"]),
      refreshKeys: KeyRing(active: refresh[0], retired: ["a1", "x"]),
      policy: scene.authority.policy)
  }

  @Test func `a server without the new key refuses for now, and signs nobody out`() throws {
    let new = try authority(accessKeys: access.reversed(), refreshKeys: refresh.reversed())
    let pair = try new.openSession(subject: "user-1").tokens
    let lagging = try authority(accessKeys: [access[0]], refreshKeys: [refresh[0]])
    #expect(throws: Refusal.unknownKey) { try lagging.verifyRefresh(pair.refreshToken) }
    #expect(!Refusal.unknownKey.isDefinitive)
  }

  @Test func `a replay after the change has other signatures and the same claims`() throws {
    let old = try authority(accessKeys: [access[0]], refreshKeys: [refresh[0]])
    let new = try authority(accessKeys: access.reversed(), refreshKeys: refresh.reversed())
    let session = try old.openSession(subject: "user-1")
    let token = try old.verifyRefresh(session.tokens.refreshToken)
    let rotation = old.rotate(
      token, record: session.record, idempotencyKey: RotationScene.otherKey, claims: .empty)
    let record = try #require(rotation.update).record
    let replay = new.rotate(
      token, record: record, idempotencyKey: RotationScene.otherKey, claims: .empty)
    #expect(replay.outcome == .replay)
    let (first, again) = (try rotation.answer.get(), try replay.answer.get())
    #expect(first != again)
    #expect(
      try UnverifiedJWT(first.accessToken).claims() == UnverifiedJWT(again.accessToken).claims())
    #expect(
      try UnverifiedJWT(first.refreshToken).claims() == UnverifiedJWT(again.refreshToken).claims())
    #expect(
      old.rotate(
        token, record: record, idempotencyKey: RotationScene.otherKey, claims: .empty)
        == .replay(first))
  }

  @Test func `one ring can change without the other`() throws {
    let authority = try authority(accessKeys: access, refreshKeys: refresh.reversed())
    let session = try authority.openSession(subject: "user-1")
    #expect(try UnverifiedJWT(session.tokens.accessToken).keyID == "a1")
    #expect(try UnverifiedJWT(session.tokens.refreshToken).keyID == "r2")
    #expect(
      try authority.rotate(
        authority.verifyRefresh(session.tokens.refreshToken), record: session.record,
        idempotencyKey: nil, claims: .empty
      ).outcome == .rotate(to: 1))
  }

  /// An authority whose rings have these keys, the first active.
  private func authority(
    accessKeys: [SigningKey], refreshKeys: [SigningKey]
  ) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: scene.authority.issuer, audience: scene.authority.audience,
      accessKeys: ring(accessKeys), refreshKeys: ring(refreshKeys),
      policy: scene.authority.policy, clock: scene.authority.clock)
  }

  private func ring(_ keys: [SigningKey]) throws -> KeyRing {
    try KeyRing(active: #require(keys.first), alsoAccepting: Array(keys.dropFirst()))
  }

  private static func key(_ id: String, _ first: UInt8) throws -> SigningKey {
    try SigningKey(id: id, secret: RotationScene.bytes(first))
  }
}
