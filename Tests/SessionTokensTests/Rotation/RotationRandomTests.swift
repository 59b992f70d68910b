// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Random policies, records, tokens and moments, most of them at or beside a boundary.
@Suite struct RotationRandomTests {
  @Test(arguments: 0..<100 as Range<UInt64>)
  func `the decisions equal those of the reference table`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let (scene, keys) = try scene(&source)
      let t = max(0, scene.row.generation + Int64.random(in: -6...2, using: &source))
      let now = moment(scene, &source)
      let issuedAt = issuedAt(scene, now, &source)
      let age = Int(max(0, scene.row.generation - t - 1))
      let key = source.chance(percent: 60) ? keys.dropFirst(age).first ?? nil : keys.last ?? nil
      let token = try scene.presented(t, issuedAt: issuedAt)
      let (row, outcome) = ReferenceTable(
        t: t, g: scene.row.generation, now: now.secondsSinceEpoch,
        issuedAt: issuedAt.secondsSinceEpoch,
        authenticatedAt: scene.row.authenticatedAt.secondsSinceEpoch,
        rotatedAt: scene.row.rotatedAt.secondsSinceEpoch, key: key, remembered: keys,
        policy: scene.authority.policy
      ).decision
      #expect(scene.decide(token, key: key, at: now).outcome == outcome, "row \(row)")
    }
  }

  private func scene(
    _ source: inout SeededGenerator
  ) throws -> (scene: RotationScene, keys: [String?]) {
    let idle = Int64.random(in: 901...2_592_000, using: &source)
    var scene = try RotationScene(
      idleTTL: source.chance(percent: 70) ? .seconds(idle) : nil,
      retryGrace: .seconds(Int64.random(in: 0..<900, using: &source)),
      clockSkew: .seconds(source.seconds(upTo: 600)))
    scene.row.generation = Int64.random(in: 0...9, using: &source)
    scene.row.rotatedAt = scene.row.authenticatedAt + .seconds(source.seconds(upTo: 2_592_000))
    var keys = (0..<Int.random(in: 0...4, using: &source)).map { _ in
      source.chance(percent: 70) ? source.key() : nil
    }
    while !keys.isEmpty, keys[keys.count - 1] == nil { keys.removeLast() }
    try scene.remember(keys)
    return (scene, keys)
  }

  private func moment(_ scene: RotationScene, _ source: inout SeededGenerator) -> NumericDate {
    let policy = scene.authority.policy
    let window = scene.authority.refreshWindow(of: scene.row.record)
    let boundaries = [
      window.closesAt, scene.row.authenticatedAt, scene.row.rotatedAt - policy.clockSkew,
      scene.row.rotatedAt + policy.retryGrace, scene.row.rotatedAt,
      scene.row.rotatedAt + .seconds(source.seconds(upTo: 2_592_000)),
    ]
    let boundary = boundaries[Int.random(in: 0..<boundaries.count, using: &source)]
    return boundary + .seconds(Int64.random(in: -1...1, using: &source))
  }

  private func issuedAt(
    _ scene: RotationScene, _ now: NumericDate, _ source: inout SeededGenerator
  ) -> NumericDate {
    switch Int.random(in: 0..<4, using: &source) {
    case 0:
      now + scene.authority.policy.clockSkew + .seconds(Int64.random(in: -1...1, using: &source))
    case 1: scene.row.rotatedAt + .seconds(source.seconds(upTo: 2_592_000))
    case 2: scene.row.rotatedAt
    default: scene.row.authenticatedAt
    }
  }
}
