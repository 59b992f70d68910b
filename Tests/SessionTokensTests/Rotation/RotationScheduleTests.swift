// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Properties of honest use, over random policies and schedules with a fake clock.
@Suite struct RotationScheduleTests {
  @Test(arguments: 0..<40 as Range<UInt64>, [true, false])
  func `an honest client is signed out only by the window`(
    _ seed: UInt64, _ usesKeys: Bool
  ) throws {
    for step in try steps(seed, usesKeys) {
      switch step.decision {
      case .rotate, .replay, .refuse(.windowClosed): break
      case .refuse(.superseded): #expect(usesKeys)
      case .revoke, .refuse: Issue.record("\(step.decision) at \(step.decidedAt)")
      }
    }
  }

  @Test(arguments: 100..<140 as Range<UInt64>)
  func `generation, rotatedAt and version never decrease, and count one by one`(
    _ seed: UInt64
  ) throws {
    for step in try steps(seed, true) {
      guard let update = step.decision.update else {
        #expect(step.after == step.before)
        continue
      }
      #expect(update.record == step.after)
      #expect(step.after.generation == step.before.generation + 1)
      #expect(step.after.version == step.before.version + 1)
      #expect(step.after.rotatedAt == max(step.before.rotatedAt, step.decidedAt))
      #expect(step.after.authenticatedAt == step.before.authenticatedAt)
      #expect(step.after.secret.isSame(as: step.before.secret))
    }
  }

  @Test(arguments: 200..<240 as Range<UInt64>)
  func `no token outlives the window, and none is issued once it is closed`(
    _ seed: UInt64
  ) throws {
    let schedule = try run(seed, true)
    let policy = schedule.authority.policy
    let end = RotationScene.signIn + policy.refreshTTL
    for step in schedule.decisions {
      guard case .success(let pair) = step.decision.answer else { continue }
      let window = schedule.authority.refreshWindow(of: step.after)
      #expect(step.decidedAt < schedule.authority.refreshWindow(of: step.before).closesAt)
      #expect(pair.refreshExpiresAt == window.closesAt)
      #expect(pair.accessExpiresAt <= window.closesAt)
      #expect(pair.accessExpiresAt <= step.after.rotatedAt + policy.accessTTL)
      #expect(pair.refreshExpiresAt <= end)
      #expect(
        try UnverifiedJWT(pair.accessToken).claims().expiresAt == pair.accessExpiresAt)
      #expect(
        try UnverifiedJWT(pair.refreshToken).claims().expiresAt == pair.refreshExpiresAt)
    }
  }

  @Test(arguments: 300..<340 as Range<UInt64>, [true, false])
  func `a replay is the pair of the rotation that wrote the record`(
    _ seed: UInt64, _ usesKeys: Bool
  ) throws {
    var last: TokenPair?
    for step in try steps(seed, usesKeys) {
      switch step.decision {
      case .rotate(let pair, _): last = pair
      case .replay(let pair): #expect(pair == last)
      case .revoke, .refuse: break
      }
    }
  }

  @Test func `the schedules contain every decision that an honest client can get`() throws {
    var lines = Set<String>()
    for seed in 0..<20 as Range<UInt64> {
      for step in try steps(seed, true) + steps(seed, false) {
        switch step.decision {
        case .rotate: lines.insert("rotate")
        case .replay: lines.insert("replay")
        case .revoke(let refusal, _), .refuse(let refusal): lines.insert(refusal.code.rawValue)
        }
      }
    }
    #expect(lines == ["rotate", "replay", "superseded", "window_closed"])
  }

  private func steps(_ seed: UInt64, _ usesKeys: Bool) throws -> [RotationSchedule.Step] {
    try run(seed, usesKeys).decisions
  }

  private func run(_ seed: UInt64, _ usesKeys: Bool) throws -> RotationSchedule {
    var schedule = try RotationSchedule(seed: seed, usesKeys: usesKeys)
    for _ in 0..<40 where !schedule.isOver { try schedule.step() }
    return schedule
  }
}
