// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Every case against the reference table: the first row that holds decides.
@Suite struct RotationTableOrderTests {
  static let idleTTLs: [Duration?] = [nil, .seconds(604_800)]

  /// Seconds after the last rotation, each boundary with both its neighbors.
  static let moments: [Int64] = [-30, 0, 120, 604_800, 2_592_000 - 86_400].flatMap {
    (moment: Int64) -> ClosedRange<Int64> in moment - 1...moment + 1
  }

  static let memories: [[String?]] = [
    [], RotationScene.keys, [nil, RotationScene.keys[1], nil, RotationScene.keys[3]],
  ]

  @Test(arguments: idleTTLs, memories)
  func `each generation, key, iat and moment gets the decision of the table`(
    _ idleTTL: Duration?, _ memory: [String?]
  ) throws {
    var scene = try RotationScene(idleTTL: idleTTL)
    try scene.remember(memory)
    var rows = Set<Int>()
    for generation in Int64(1)...9 {
      for lead in [nil, -3_600, 30, 31] as [Int64?] {
        for moment in Self.moments {
          let now = scene.row.rotatedAt + .seconds(moment)
          let issuedAt = lead.map { now + .seconds($0) } ?? RotationScene.signIn
          let token = try scene.presented(generation, issuedAt: issuedAt)
          for key in Self.keys(rotating: generation, memory) {
            rows.insert(expectTable(scene, token, key: key, at: now, memory))
          }
        }
      }
    }
    #expect(rows.isSuperset(of: [4, 5, 6, 10]))
    #expect(rows.contains(7) == (memory == RotationScene.keys))
    #expect(rows.contains(8) == (memory != RotationScene.keys))
    #expect(rows.contains(9) == !memory.isEmpty)
  }

  /// One token and one record for which row 4 and row 5 both hold, and then either alone.
  @Test func `a closed window is reported before clocks that differ`() throws {
    let scene = try RotationScene()
    let end = scene.row.rotatedAt + .seconds(604_800)
    let rows: [(issuedAt: Int64, now: Int64, refusal: Refusal)] = [
      (31, 0, .windowClosed(by: .idle)), (30, 0, .windowClosed(by: .idle)), (30, -1, .clockSkew),
      (29, -2, .clockSkew),
    ]
    for (issuedAt, now, refusal) in rows {
      let decision = try scene.decide(
        7, issuedAt: end + .seconds(issuedAt), at: end + .seconds(now))
      #expect(decision == .refuse(refusal))
    }
    let both = try scene.decide(7, issuedAt: end + .seconds(29), at: end - .seconds(1))
    #expect(both.outcome == .rotate(to: 8))
  }

  @Test(arguments: [true, false], [true, false])
  func `a wrong binding is reported before revocation, and both before all else`(
    _ isBound: Bool, _ isRevoked: Bool
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    scene.row.revocationReason = isRevoked ? .signedOut : nil
    for generation in Int64(1)...9 {
      for moment in Self.moments {
        let now = scene.row.rotatedAt + .seconds(moment)
        var claims = scene.claims(generation, issuedAt: now)
        if !isBound { claims.subject = "user-2" }
        let token = try scene.present(claims)
        expectTable(
          scene, token, key: nil, at: now, RotationScene.keys, isBound: isBound)
      }
    }
  }

  /// No key, the one that rotated the token, the next older one, and a stranger's.
  private static func keys(rotating generation: Int64, _ memory: [String?]) -> [String?] {
    let age = Int(max(0, RotationScene.generation - generation - 1))
    let near = memory.dropFirst(age).prefix(2).compactMap(\.self)
    return [nil, RotationScene.otherKey] + near
  }

  @discardableResult
  private func expectTable(
    _ scene: RotationScene, _ token: PresentedRefreshToken, key: String?, at now: NumericDate,
    _ memory: [String?], isBound: Bool = true
  ) -> Int {
    let (row, outcome) = ReferenceTable(
      t: token.generation, g: scene.row.generation, now: now.secondsSinceEpoch,
      issuedAt: token.claims.issuedAt.secondsSinceEpoch,
      authenticatedAt: scene.row.authenticatedAt.secondsSinceEpoch,
      rotatedAt: scene.row.rotatedAt.secondsSinceEpoch, key: key, remembered: memory,
      revocation: scene.row.revocationReason, isBound: isBound, policy: scene.authority.policy
    ).decision
    #expect(scene.decide(token, key: key, at: now).outcome == outcome, "row \(row)")
    return row
  }
}
