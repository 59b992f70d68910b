// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Any record that a server could load: nothing traps, and the decision table still applies.
@Suite struct HostileRecordTests {
  static let numbers: [Int64] = [.min, -1, 0, 1, .max - 1, .max]
  static let dates: [NumericDate] = [.minimum, RotationScene.signIn, .maximum]
  static let memories: [[String?]] = [
    [], [RotationScene.keys[0], nil, nil, RotationScene.keys[3]],
  ]

  @Test(arguments: numbers, dates)
  func `no generation, version, date or list of keys makes a decision trap`(
    _ generation: Int64, _ rotatedAt: NumericDate
  ) throws {
    var scene = try RotationScene(idleTTL: .seconds(901))
    scene.row.generation = generation
    scene.row.rotatedAt = rotatedAt
    for authenticatedAt in Self.dates {
      scene.row.authenticatedAt = authenticatedAt
      for keys in Self.memories {
        try scene.remember(keys)
        try expectTable(scene, keys)
      }
    }
  }

  @Test(arguments: numbers, numbers)
  func `a counter stays at the end of its range`(
    _ generation: Int64, _ version: Int64
  ) throws {
    var scene = try RotationScene()
    scene.row.generation = generation
    scene.row.version = version
    let next = version == .max ? .max : version + 1
    let revocation = scene.authority.revoke(scene.row.record, reason: .signedOut)
    #expect(revocation?.expectedVersion == version)
    #expect(revocation?.record.version == next)
    let decision = try scene.decide(.max, at: scene.row.rotatedAt)
    #expect(decision.outcome == .rotate(to: .max))
    #expect(decision.update?.expectedVersion == version)
    #expect(decision.update?.record.version == next)
  }

  @Test(arguments: [.min, -1, 0] as [Int64])
  func `a leap over all generations forgets the keys before it`(_ generation: Int64) throws {
    var scene = try RotationScene()
    scene.row.generation = generation
    try scene.remember(RotationScene.keys)
    let update = try scene.decide(.max, key: RotationScene.otherKey, at: scene.row.rotatedAt).update
    #expect(update?.record.idempotencyKeys.rawValue == RotationScene.otherKey)
  }

  @Test(arguments: numbers, dates)
  func `every decision about such a record can be printed, written and answered`(
    _ generation: Int64, _ now: NumericDate
  ) throws {
    var scene = try RotationScene()
    scene.row.generation = generation
    for date in Self.dates {
      scene.row.rotatedAt = date
      scene.row.authenticatedAt = date
      for token in [0, 1, .max] as [Int64] {
        let decision = try scene.decide(token, issuedAt: .minimum, at: now)
        #expect(!decision.description.isEmpty)
        switch decision.answer {
        case .success(let pair):
          #expect(pair.response.expiresIn >= .zero)
          #expect(!pair.response.json.isEmpty)
        case .failure(let refusal): #expect(!refusal.json.isEmpty)
        }
      }
      #expect(scene.authority.refreshWindow(of: scene.row.record).closesAt >= date)
    }
  }

  @Test(arguments: ["x", "a.host-s_0wn", String(repeating: "r", count: 64)], dates)
  func `a reason that this version doesn't know is kept`(
    _ text: String, _ revokedAt: NumericDate
  ) throws {
    let reason = try #require(RevocationReason(rawValue: text))
    var scene = try RotationScene()
    scene.row.revocationReason = reason
    scene.row.revokedAt = revokedAt
    for now in Self.dates {
      let decision = try scene.decide(0, issuedAt: .maximum, at: now)
      #expect(decision == .refuse(.revoked(reason)))
      #expect(decision.description == "refuse: revoked")
    }
  }

  @Test func `keys of the maximum length are remembered`() throws {
    let keys = ["a", "b", "c", "d"].map { String(repeating: $0, count: 64) }
    var scene = try RotationScene()
    try scene.remember(keys)
    #expect(scene.row.idempotencyKeys.rawValue.utf8.count == 259)
    #expect(try scene.decide(6, key: keys[0], at: scene.row.rotatedAt).outcome == .replay)
    #expect(
      try scene.decide(3, key: keys[3], at: scene.row.rotatedAt) == .refuse(.superseded))
  }

  @Test(
    arguments: [
      "short-key-00000", "key-of-gen-7-000,", ",", ",,,,key-of-gen-7-000",
      String(repeating: "k", count: 65), "key-of-gen-7-000,,", "key of gen 7 000",
    ])
  func `a column of keys that isn't of the form is refused`(_ text: String) {
    #expect(IdempotencyKeys(rawValue: text) == nil)
  }

  /// Tokens of every kind of generation and age, at every kind of moment.
  private func expectTable(_ scene: RotationScene, _ keys: [String?]) throws {
    for t in [0, 1, .max - 1, .max] as [Int64] {
      for issuedAt in Self.dates {
        let token = try scene.presented(t, issuedAt: issuedAt)
        for now in Self.dates {
          for key in [nil, RotationScene.keys[0]] {
            let reference = ReferenceTable(
              t: t, g: scene.row.generation, now: now.secondsSinceEpoch,
              issuedAt: issuedAt.secondsSinceEpoch,
              authenticatedAt: scene.row.authenticatedAt.secondsSinceEpoch,
              rotatedAt: scene.row.rotatedAt.secondsSinceEpoch, key: key, remembered: keys,
              policy: scene.authority.policy)
            #expect(scene.decide(token, key: key, at: now).outcome == reference.decision.outcome)
          }
        }
      }
    }
  }
}
