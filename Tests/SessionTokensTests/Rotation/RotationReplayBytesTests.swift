// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A replay is the rotation's answer, byte for byte, recomputed from the row.
@Suite struct RotationReplayBytesTests {
  static let ages: [Int64] = [-30, 0, 1, 119, 899, 900, 901, 86_400, 604_799]

  @Test(arguments: ages)
  func `with the key the same bytes as in the rotation come again, even hours later`(
    _ age: Int64
  ) throws {
    let key = RotationScene.otherKey
    var scene = try RotationScene()
    let first = try rotate(&scene, key: key)
    let decision = try scene.decide(7, key: key, at: scene.row.rotatedAt + .seconds(age))
    let again = try decision.answer.get()
    #expect(decision == .replay(first))
    #expect(again.accessToken == first.accessToken)
    #expect(again.refreshToken == first.refreshToken)
    #expect(again.accessExpiresAt == first.accessExpiresAt)
    #expect(again.refreshExpiresAt == first.refreshExpiresAt)
  }

  @Test(arguments: [-30, 0, 1, 119] as [Int64])
  func `within the grace the same bytes come again`(_ age: Int64) throws {
    var scene = try RotationScene()
    let first = try rotate(&scene, key: nil)
    let decision = try scene.decide(7, at: scene.row.rotatedAt + .seconds(age))
    #expect(decision == .replay(first))
  }

  @Test(arguments: ages)
  func `lifetimes count from the decision and are never negative`(_ age: Int64) throws {
    let key = RotationScene.otherKey
    var scene = try RotationScene()
    _ = try rotate(&scene, key: key)
    let decision = try scene.decide(7, key: key, at: scene.row.rotatedAt + .seconds(age))
    let response = try decision.answer.get().response
    #expect(response.expiresIn == .seconds(max(0, 900 - age)))
    #expect(response.refreshTokenExpiresIn == .seconds(604_800 - age))
  }

  @Test func `a rotation on a slow clock counts lifetimes from that clock`() throws {
    let scene = try RotationScene()
    let now = scene.row.rotatedAt - .seconds(20)
    let pair = try scene.decide(7, at: now).answer.get()
    #expect(pair.accessExpiresAt == scene.row.rotatedAt + .seconds(900))
    #expect(pair.response.expiresIn == .seconds(920))
  }

  @Test func `the replayed pair of a row that was read back is the same`() throws {
    let key = RotationScene.otherKey
    var scene = try RotationScene()
    let first = try rotate(&scene, key: key)
    let stored = RecordDraft(scene.row.record)
    var reloaded = try RotationScene()
    reloaded.row = stored
    let now = scene.row.rotatedAt + .seconds(5_000)
    #expect(try reloaded.decide(7, key: key, at: now) == .replay(first))
  }

  @Test func `current claims go into the access token and don't change the refresh token`() throws {
    let key = RotationScene.otherKey
    var scene = try RotationScene()
    let first = try rotate(&scene, key: key)
    let claims = try CustomClaims(["roles": ["admin"]])
    let decision = try scene.authority.rotate(
      scene.presented(7), record: scene.row.record, idempotencyKey: key, claims: claims)
    let again = try decision.answer.get()
    #expect(again.refreshToken == first.refreshToken)
    #expect(again.accessToken != first.accessToken)
    #expect(
      try scene.authority.accessTokenVerifier.verify(again.accessToken)["roles"] == ["admin"])
  }

  @Test(arguments: [-604_800, -3_600, -1] as [Int64])
  func `the iat of a replay is the rotation's, and so is its exp`(_ lead: Int64) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let end = scene.row.rotatedAt + .seconds(604_800)
    let now = end + .seconds(lead)
    let pair = try scene.decide(6, key: RotationScene.keys[0], at: now).answer.get()
    let refresh = try scene.authority.verifyRefresh(pair.refreshToken)
    #expect(refresh.generation == 7)
    #expect(refresh.claims.issuedAt == scene.row.rotatedAt)
    #expect(refresh.claims.expiresAt == end)
    #expect(pair.accessExpiresAt == scene.row.rotatedAt + .seconds(900))
  }

  /// Rotates generation 7 at ``RotationScene/rotation`` and stores the update.
  private func rotate(_ scene: inout RotationScene, key: String?) throws -> TokenPair {
    let decision = try scene.decide(7, key: key, at: scene.row.rotatedAt)
    guard case .rotate(let pair, let update) = decision else {
      throw VectorError(reason: "not rotated: \(decision)")
    }
    scene.row = RecordDraft(update.record)
    return pair
  }
}
