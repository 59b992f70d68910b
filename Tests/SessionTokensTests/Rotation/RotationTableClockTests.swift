// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Row 5: a token or a record from further ahead than the servers' clocks may differ.
@Suite struct RotationTableClockTests {
  static let skews: [Int64] = [0, 1, 30, 600]
  static let offsets: [Int64] = [-1, 0, 1]

  @Test(arguments: skews, offsets)
  func `a token's iat may be ahead of the clock by the skew, and no second more`(
    _ skew: Int64, _ offset: Int64
  ) throws {
    let scene = try RotationScene(clockSkew: .seconds(skew))
    let now = scene.row.rotatedAt + .seconds(3_600)
    let decision = try scene.decide(7, issuedAt: now + .seconds(skew + offset), at: now)
    #expect(decision.outcome == (offset > 0 ? .refuse(.clockSkew) : .rotate(to: 8)))
  }

  @Test(arguments: skews, offsets)
  func `a record may have been rotated ahead of the clock by the skew, and no second more`(
    _ skew: Int64, _ offset: Int64
  ) throws {
    let scene = try RotationScene(clockSkew: .seconds(skew))
    let now = scene.row.rotatedAt - .seconds(skew + offset)
    let decision = try scene.decide(7, issuedAt: RotationScene.signIn, at: now)
    #expect(decision.outcome == (offset > 0 ? .refuse(.clockSkew) : .rotate(to: 8)))
  }

  @Test(arguments: Int64(1)...9)
  func `the clocks are checked before the generation, so that a slow clock ends no session`(
    _ generation: Int64
  ) throws {
    let scene = try RotationScene()
    let slow = scene.row.rotatedAt - .seconds(31)
    let early = try scene.decide(generation, issuedAt: RotationScene.signIn, at: slow)
    #expect(early == .refuse(.clockSkew))
    let ahead = try scene.decide(
      generation, issuedAt: scene.row.rotatedAt + .seconds(31), at: scene.row.rotatedAt)
    #expect(ahead == .refuse(.clockSkew))
  }

  @Test(arguments: Int64(1)...9)
  func `a closed window is reported as such, however far ahead the token or the record is`(
    _ generation: Int64
  ) throws {
    let end = RotationScene.signIn + .seconds(2_592_000)
    for lead in [31, 60 * 86_400] as [Int64] {
      let scene = try RotationScene()
      #expect(
        try scene.decide(generation, issuedAt: end + .seconds(lead), at: end).outcome
          == .refuse(.windowClosed(by: generation > 7 ? .absolute : .idle)))
      var ahead = scene
      ahead.row.rotatedAt = end + .seconds(lead)
      let closed = try ahead.decide(generation, issuedAt: RotationScene.signIn, at: end)
      #expect(closed == .refuse(.windowClosed(by: .absolute)))
      let open = try ahead.decide(
        generation, issuedAt: RotationScene.signIn, at: end - .seconds(1))
      #expect(open == .refuse(.clockSkew))
    }
  }

  @Test func `a replay before the rotation, within the skew, repeats the rotation's answer`() throws
  {
    let scene = try RotationScene()
    let slow = scene.row.rotatedAt - .seconds(30)
    #expect(try scene.decide(6, issuedAt: RotationScene.signIn, at: slow).outcome == .replay)
  }

  @Test func `the token's own exp decides nothing, since the record determines the window`() throws
  {
    let scene = try RotationScene()
    var claims = scene.claims(7)
    for expiresAt in [NumericDate.minimum, RotationScene.signIn, .maximum] {
      claims.expiresAt = expiresAt
      let decision = try scene.decide(
        scene.present(claims), at: scene.row.rotatedAt + .seconds(3_600))
      #expect(decision.outcome == .rotate(to: 8))
    }
  }
}
