// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A row, or a token newer than its row, that a server with a wrong clock has dated 60 days ahead.
@Suite struct RotationTableAheadTests {
  static let day: Int64 = 86_400

  /// A record that was rotated 60 days after the sign-in, or a token that was issued then for a
  /// record that was restored from a backup.
  enum Ahead: CaseIterable, Sendable {
    case record, newerToken
  }

  /// The refusal that many days and seconds after the sign-in; `nil` for a rotation.
  static let rows:
    [(refreshDays: Int64, idleDays: Int64?, days: Int64, seconds: Int64, refusal: Refusal?)] = [
      // The window closes first, by its absolute end.
      (30, 7, 0, 0, .clockSkew),
      (30, 7, 30, -1, .clockSkew),
      (30, 7, 30, 0, .windowClosed(by: .absolute)),
      (30, 7, 60, -31, .windowClosed(by: .absolute)),
      (30, 7, 60, -30, .windowClosed(by: .absolute)),
      (30, nil, 30, -1, .clockSkew),
      (30, nil, 30, 0, .windowClosed(by: .absolute)),
      // The clock catches up first, and the session continues; then it idles.
      (365, 7, 30, 0, .clockSkew),
      (365, 7, 60, -31, .clockSkew),
      (365, 7, 60, -30, nil),
      (365, 7, 67, -1, nil),
      (365, 7, 67, 0, .windowClosed(by: .idle)),
      (365, nil, 60, -31, .clockSkew),
      (365, nil, 60, -30, nil),
      (365, nil, 365, -1, nil),
      (365, nil, 365, 0, .windowClosed(by: .absolute)),
      // Both at the same second: the window is closed.
      (60, 7, 60, -1, nil),
      (60, 7, 60, 0, .windowClosed(by: .absolute)),
    ]

  @Test(arguments: Ahead.allCases, rows.indices)
  func
    `a record or token ahead is refused for its clock until that comes near or the window closes`(
      _ ahead: Ahead, _ index: Int
    ) throws
  {
    let row = Self.rows[index]
    var scene = try RotationScene(
      refreshTTL: .seconds(row.refreshDays * Self.day),
      idleTTL: row.idleDays.map { .seconds($0 * Self.day) })
    let wrong = RotationScene.signIn + .seconds(60 * Self.day)
    if ahead == .record { scene.row.rotatedAt = wrong }
    let generation: Int64 = ahead == .record ? 7 : 8
    let decision = try scene.decide(
      generation, issuedAt: wrong,
      at: RotationScene.signIn + .seconds(row.days * Self.day + row.seconds))
    #expect(
      decision.outcome == (row.refusal.map { .refuse($0) } ?? .rotate(to: generation + 1)))
  }

  @Test func `a used token of a row dated ahead ends nothing until the clock catches up`() throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    scene.row.rotatedAt = RotationScene.signIn + .seconds(25 * Self.day)
    for key in [nil, RotationScene.keys[0], RotationScene.otherKey] {
      for generation in Int64(0)...6 {
        let early = try scene.decide(
          generation, issuedAt: RotationScene.signIn, key: key,
          at: scene.row.rotatedAt - .seconds(31))
        #expect(early == .refuse(.clockSkew))
      }
    }
    let near = try scene.decide(
      6, issuedAt: RotationScene.signIn, key: RotationScene.otherKey,
      at: scene.row.rotatedAt - .seconds(30))
    #expect(near.outcome == .revoke(behind: 1, age: 0))
  }
}
