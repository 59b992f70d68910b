// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rows 9 and 10: late copies of answered requests, and reuse.
@Suite struct RotationTableReuseTests {
  @Test(arguments: Int64(3)...5, [0, 3_600, 604_799] as [Int64])
  func `a late copy of a remembered request is superseded and harms nothing`(
    _ generation: Int64, _ age: Int64
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let key = RotationScene.keys[Int(6 - generation)]
    let decision = try scene.decide(
      generation, key: key, at: scene.row.rotatedAt + .seconds(age))
    #expect(decision == .refuse(.superseded))
  }

  @Test(arguments: Int64(0)...5)
  func `any key other than the one that rotated an old token is reuse`(
    _ generation: Int64
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let rotatingIndex = Int(6 - generation)
    let others = RotationScene.keys.enumerated().filter { $0.offset != rotatingIndex }
    for key in others.map(\.element) + [nil, "invalid", RotationScene.otherKey] {
      let decision = try scene.decide(
        generation, key: key, at: scene.row.rotatedAt + .seconds(60))
      #expect(decision.outcome == .revoke(behind: 7 - generation, age: 60))
    }
  }

  @Test func `a key is forgotten four rotations later`() throws {
    let key = "key-of-request-a"
    var scene = try RotationScene()
    let now = scene.row.rotatedAt
    for behind in Int64(1)...5 {
      let rotation = try scene.decide(
        scene.row.generation, key: behind == 1 ? key : "key-of-request-\(behind)", at: now)
      scene.row = RecordDraft(try #require(rotation.update).record)
      let expected: RotationOutcome =
        switch behind {
        case 1: .replay
        case 2...4: .refuse(.superseded)
        default: .revoke(behind: behind, age: 0)
        }
      #expect(try scene.decide(7, key: key, at: now).outcome == expected)
    }
  }

  @Test(arguments: Int64(0)...5, [0, 119] as [Int64])
  func `without keys on either side a token older than the last is reuse even within the grace`(
    _ generation: Int64, _ age: Int64
  ) throws {
    let scene = try RotationScene()
    let decision = try scene.decide(generation, at: scene.row.rotatedAt + .seconds(age))
    #expect(decision.outcome == .revoke(behind: 7 - generation, age: age))
  }

  @Test func `a key after a rotation without one is reuse`() throws {
    var scene = try RotationScene()
    try scene.remember([RotationScene.keys[0], nil, RotationScene.keys[2]])
    let decision = try scene.decide(5, key: RotationScene.otherKey, at: scene.row.rotatedAt)
    #expect(decision.outcome == .revoke(behind: 2, age: 0))
  }

  @Test(arguments: [-30, 0, 1, 119, 604_799] as [Int64])
  func `reuse ends the session and changes nothing else in its row`(_ offset: Int64) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let now = scene.row.rotatedAt + .seconds(offset)
    let decision = try scene.decide(4, issuedAt: RotationScene.signIn, at: now)
    var expected = scene.row
    expected.revocationReason = .reuseDetected
    expected.revokedAt = now
    expected.version = 12
    #expect(
      decision
        == .revoke(
          .reuseDetected(behind: 3, age: .seconds(max(0, offset))),
          after: SessionUpdate(expectedVersion: 11, record: expected.record)))
    scene.row = expected
    #expect(try scene.decide(7, at: scene.row.rotatedAt) == .refuse(.revoked(.reuseDetected)))
  }

  @Test func `only one of two requests that start from the same row can write`() throws {
    let scene = try RotationScene()
    let rotation = try scene.decide(7, at: scene.row.rotatedAt)
    let reuse = try scene.decide(5, at: scene.row.rotatedAt)
    #expect(rotation.update?.expectedVersion == reuse.update?.expectedVersion)
    #expect(rotation.update?.record.version == reuse.update?.record.version)
  }
}
