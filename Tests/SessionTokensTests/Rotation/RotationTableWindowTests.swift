// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Row 4: the refresh_ttl window, absolute and idle, to the second.
@Suite struct RotationTableWindowTests {
  static let refreshTTL: Int64 = 2_592_000
  static let idleTTL: Int64 = 604_800

  @Test(arguments: Int64(7)...9, [nil, Duration.seconds(604_800)])
  func `the window is closed at refresh_ttl after sign-in, and open one second before`(
    _ generation: Int64, _ idleTTL: Duration?
  ) throws {
    var scene = try RotationScene(idleTTL: idleTTL)
    let end = scene.row.authenticatedAt + .seconds(Self.refreshTTL)
    scene.row.rotatedAt = end - .seconds(3_600)
    let open = try scene.decide(generation, at: end - .seconds(1))
    #expect(open.outcome == .rotate(to: generation + 1))
    for late in [0, 1, 1_000_000] as [Int64] {
      let closed = try scene.decide(generation, at: end + .seconds(late))
      #expect(closed == .refuse(.windowClosed(by: .absolute)))
    }
  }

  @Test(arguments: Int64(7)...9)
  func `the window is closed at idle_ttl after the last rotation, and open one second before`(
    _ generation: Int64
  ) throws {
    let scene = try RotationScene()
    let end = scene.row.rotatedAt + .seconds(Self.idleTTL)
    let issuedAt = scene.row.rotatedAt
    let open = try scene.decide(generation, issuedAt: issuedAt, at: end - .seconds(1))
    #expect(open.outcome == .rotate(to: generation + 1))
    for late in [0, 1, 1_000] as [Int64] {
      let closed = try scene.decide(generation, issuedAt: issuedAt, at: end + .seconds(late))
      #expect(closed == .refuse(.windowClosed(by: .idle)))
    }
  }

  @Test func `the absolute end is named when both ends fall on one second`() throws {
    var scene = try RotationScene()
    let end = scene.row.authenticatedAt + .seconds(Self.refreshTTL)
    scene.row.rotatedAt = end - .seconds(Self.idleTTL)
    #expect(try scene.decide(7, at: end) == .refuse(.windowClosed(by: .absolute)))
    scene.row.rotatedAt = scene.row.rotatedAt - .seconds(1)
    #expect(try scene.decide(7, at: end) == .refuse(.windowClosed(by: .idle)))
    #expect(try scene.decide(7, at: end - .seconds(1)) == .refuse(.windowClosed(by: .idle)))
  }

  @Test(arguments: Int64(8)...9)
  func `idleness counts from the iat of a token that is newer than the record`(
    _ generation: Int64
  ) throws {
    let scene = try RotationScene()
    let issuedAt = scene.row.rotatedAt + .seconds(86_400)
    let end = issuedAt + .seconds(Self.idleTTL)
    let open = try scene.decide(generation, issuedAt: issuedAt, at: end - .seconds(1))
    #expect(open.outcome == .rotate(to: generation + 1))
    let closed = try scene.decide(generation, issuedAt: issuedAt, at: end)
    #expect(closed == .refuse(.windowClosed(by: .idle)))
  }

  @Test(arguments: Int64(8)...9)
  func `a newer token with an older iat doesn't shorten the idle time`(_ generation: Int64) throws {
    let scene = try RotationScene()
    let issuedAt = scene.row.rotatedAt - .seconds(3_600)
    let end = scene.row.rotatedAt + .seconds(Self.idleTTL)
    let open = try scene.decide(generation, issuedAt: issuedAt, at: end - .seconds(1))
    #expect(open.outcome == .rotate(to: generation + 1))
    let closed = try scene.decide(generation, issuedAt: issuedAt, at: end)
    #expect(closed == .refuse(.windowClosed(by: .idle)))
  }

  @Test(arguments: Int64(3)...7)
  func `the iat of a token that isn't newer than the record moves no end`(_ generation: Int64)
    throws
  {
    let scene = try RotationScene()
    let end = scene.row.rotatedAt + .seconds(Self.idleTTL)
    let decision = try scene.decide(generation, issuedAt: end - .seconds(1), at: end)
    #expect(decision == .refuse(.windowClosed(by: .idle)))
  }

  @Test func `the absolute end comes from auth_time, whatever iat the token has`() throws {
    var scene = try RotationScene(idleTTL: nil)
    let end = scene.row.authenticatedAt + .seconds(Self.refreshTTL)
    scene.row.rotatedAt = end - .seconds(1)
    for generation in Int64(7)...8 {
      let closed = try scene.decide(generation, issuedAt: end - .seconds(1), at: end)
      #expect(closed == .refuse(.windowClosed(by: .absolute)))
    }
  }

  @Test(arguments: Int64(0)...6)
  func `a used token in a closed window ends nothing and gets nothing`(_ generation: Int64) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let end = scene.row.rotatedAt + .seconds(Self.idleTTL)
    for key in [nil, RotationScene.keys[0], RotationScene.otherKey] {
      let decision = try scene.decide(generation, key: key, at: end)
      #expect(decision == .refuse(.windowClosed(by: .idle)))
    }
  }

  @Test func `the window isn't closed within the skew before sign-in`() throws {
    var scene = try RotationScene()
    scene.row.rotatedAt = scene.row.authenticatedAt
    let decision = try scene.decide(7, at: scene.row.authenticatedAt - .seconds(30))
    #expect(decision.outcome == .rotate(to: 8))
  }
}
