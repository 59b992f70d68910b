// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rows 7 and 8: the answer to the last request is repeated, by key or within the grace.
@Suite struct RotationTableReplayTests {
  @Test(arguments: [0, 1, 119, 120, 121, 86_400, 604_799] as [Int64])
  func `the key of the rotation repeats its answer while the window is open`(
    _ age: Int64
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let decision = try scene.decide(
      6, key: RotationScene.keys[0], at: scene.row.rotatedAt + .seconds(age))
    #expect(decision.outcome == .replay)
    #expect(decision.update == nil)
  }

  @Test(
    arguments: [
      nil, RotationScene.otherKey, RotationScene.keys[1], RotationScene.keys[2],
      "KEY-OF-GEN-7-000", "key-of-gen-7-0000", "key-of-gen-7-00", "", "key-of-gen-7-00\u{e9}",
    ] as [String?])
  func `without that key the last token is reuse at once, even within the grace`(
    _ key: String?
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let decision = try scene.decide(6, key: key, at: scene.row.rotatedAt + .seconds(1))
    #expect(decision.outcome == .revoke(behind: 1, age: 1))
  }

  @Test(arguments: [
    RotationScene.otherKey, String(repeating: "k", count: 16), String(repeating: "k", count: 64),
  ])
  func `a key after a rotation without one is reuse at once`(_ key: String) throws {
    var scene = try RotationScene()
    try scene.remember([nil, RotationScene.keys[1]])
    let decision = try scene.decide(6, key: key, at: scene.row.rotatedAt + .seconds(1))
    #expect(decision.outcome == .revoke(behind: 1, age: 1))
  }

  @Test(arguments: [0, 1, 120, 899] as [Int64], [-1, 0, 1] as [Int64])
  func `if neither side has a key, the answer is repeated until the end of the grace`(
    _ grace: Int64, _ offset: Int64
  ) throws {
    var scene = try RotationScene(retryGrace: .seconds(grace))
    try scene.remember([nil, RotationScene.keys[1]])
    let age = grace + offset
    let decision = try scene.decide(6, at: scene.row.rotatedAt + .seconds(age))
    #expect(decision.outcome == (offset < 0 ? .replay : .revoke(behind: 1, age: age)))
  }

  @Test(
    arguments: [
      "", "a", "fifteen-chars-0", String(repeating: "k", count: 65), "key-of-gen-7-000 ",
      " key-of-gen-7-000", "key of gen 7 000", "key-of-gen-7-00.", "key-of-gen-7-00,",
      "key-of-gen-7-00\u{0}", "key-of-gen-7-\u{e9}00", "\u{ff4b}ey-of-gen-7-000",
      "key-of-gen-7-000,key-of-gen-6-000", "key-of-gen-7-00+", "key-of-gen-7-00/",
    ])
  func `a key of another form counts as absent`(_ key: String) throws {
    let scene = try RotationScene()
    let decision = try scene.decide(6, key: key, at: scene.row.rotatedAt + .seconds(119))
    #expect(decision.outcome == .replay)
    let rotation = try scene.decide(7, key: key, at: scene.row.rotatedAt)
    #expect(rotation.update?.record.idempotencyKeys == IdempotencyKeys.empty)
  }

  @Test(
    arguments: [
      String(repeating: "k", count: 16), String(repeating: "k", count: 64),
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", "----------------",
      "________________", "0000000000000000",
    ])
  func `a key of the form counts as a key`(_ key: String) throws {
    var scene = try RotationScene()
    let rotation = try scene.decide(7, key: key, at: scene.row.rotatedAt)
    scene.row = RecordDraft(try #require(rotation.update).record)
    #expect(scene.row.idempotencyKeys.rawValue == key)
    let late = scene.row.rotatedAt + .seconds(3_600)
    #expect(try scene.decide(7, key: key, at: late).outcome == .replay)
    #expect(try scene.decide(7, at: late).outcome == .revoke(behind: 1, age: 3_600))
  }

  @Test func `the grace is fixed: a replay does not open it again`() throws {
    let scene = try RotationScene()
    let now = scene.row.rotatedAt + .seconds(119)
    #expect(try scene.decide(6, at: now).outcome == .replay)
    #expect(try scene.decide(6, at: now).update == nil)
    #expect(try scene.decide(6, at: now + .seconds(1)).outcome == .revoke(behind: 1, age: 120))
  }
}
