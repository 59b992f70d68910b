// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The end of a session, and the window that gives a row's expiry.
@Suite struct RotationRevocationTests {
  static let reasons: [RevocationReason] =
    [.signedOut, .reuseDetected, .credentialsChanged, .administrator]

  @Test(arguments: reasons, [-1_000_000, 0, 1_000_000_000] as [Int64])
  func `a session is ended at any moment, and nothing else in its row changes`(
    _ reason: RevocationReason, _ offset: Int64
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let now = scene.row.rotatedAt + .seconds(offset)
    scene.authority.clock = .fixed(now)
    var expected = scene.row
    expected.revocationReason = reason
    expected.revokedAt = now
    expected.version = 12
    #expect(
      scene.authority.revoke(scene.row.record, reason: reason)
        == SessionUpdate(expectedVersion: 11, record: expected.record))
  }

  @Test(arguments: reasons)
  func `an ended session is not ended again`(_ reason: RevocationReason) throws {
    var scene = try RotationScene()
    scene.row.revocationReason = reason
    #expect(scene.authority.revoke(scene.row.record, reason: .signedOut) == nil)
    scene.row.revokedAt = scene.row.rotatedAt
    #expect(scene.authority.revoke(scene.row.record, reason: .signedOut) == nil)
  }

  @Test(arguments: [0, 6, 7, 8, .max] as [Int64])
  func `a session is ended by any of its refresh tokens, as by its record`(
    _ generation: Int64
  ) throws {
    let scene = try RotationScene()
    let record = scene.row.record
    let update = scene.authority.revoke(
      try scene.presented(generation), record: record, reason: .signedOut)
    #expect(update != nil)
    #expect(update == scene.authority.revoke(record, reason: .signedOut))
  }

  @Test func `without a record, or once it is ended, a refresh token ends nothing`() throws {
    var scene = try RotationScene()
    let token = try scene.presented(7)
    #expect(scene.authority.revoke(token, record: nil, reason: .signedOut) == nil)
    scene.row.revocationReason = .administrator
    #expect(scene.authority.revoke(token, record: scene.row.record, reason: .signedOut) == nil)
  }

  @Test(arguments: RotationTableBindingTests.Change.allCases)
  func `a token that was not issued for the session ends nothing`(
    _ change: RotationTableBindingTests.Change
  ) throws {
    var scene = try RotationScene()
    scene.row.subject = "am\u{e9}lie"
    scene.row.clientID = "caf\u{e9}"
    var claims = scene.claims(7)
    try change.apply(to: &claims, of: scene.row)
    let update = scene.authority.revoke(
      try scene.present(claims), record: scene.row.record, reason: .signedOut)
    #expect(update == nil)
  }

  @Test func `a server's own reason is kept and reported`() throws {
    let reason = try #require(RevocationReason(rawValue: "device.lost"))
    var scene = try RotationScene()
    let update = try #require(scene.authority.revoke(scene.row.record, reason: reason))
    scene.row = RecordDraft(update.record)
    #expect(scene.row.revocationReason == reason)
    #expect(try scene.decide(7, at: scene.row.rotatedAt) == .refuse(.revoked(reason)))
  }

  @Test func `the end of a session is reported before anything about its clocks or window`() throws
  {
    var scene = try RotationScene()
    scene.row.revocationReason = .signedOut
    for offset in [-1_000_000, 0, 1_000_000_000] as [Int64] {
      let decision = try scene.decide(7, at: scene.row.rotatedAt + .seconds(offset))
      #expect(decision == .refuse(.revoked(.signedOut)))
    }
  }

  @Test(arguments: [nil, Duration.seconds(901), .seconds(604_800), .seconds(2_592_000)])
  func `the window of a record follows from its sign-in and its last rotation`(
    _ idleTTL: Duration?
  ) throws {
    let scene = try RotationScene(idleTTL: idleTTL)
    let window = scene.authority.refreshWindow(of: scene.row.record)
    let absoluteEnd = RotationScene.signIn + .seconds(2_592_000)
    let idleEnd = idleTTL.map { RotationScene.rotation + $0 }
    #expect(window.opensAt == RotationScene.signIn)
    #expect(window.closesAt == min(absoluteEnd, idleEnd ?? absoluteEnd))
    #expect(window.boundBy == (window.closesAt == absoluteEnd ? .absolute : .idle))
    #expect(
      window
        == RefreshWindow(
          authenticatedAt: RotationScene.signIn, rotatedAt: RotationScene.rotation,
          policy: scene.authority.policy))
  }

  @Test func `a window counts the seconds until it opens, and until it closes`() throws {
    let scene = try RotationScene()
    let window = scene.authority.refreshWindow(of: scene.row.record)
    let (opens, closes) = (window.opensAt, window.closesAt)
    #expect(window.state(at: opens - .seconds(1)) == .notYetOpen(opensIn: .seconds(1)))
    #expect(window.state(at: opens) == .open(remaining: closes - opens))
    #expect(window.state(at: closes - .seconds(1)) == .open(remaining: .seconds(1)))
    #expect(window.state(at: closes) == .closed(by: .idle))
    #expect(window.state(at: closes + .seconds(1)) == .closed(by: .idle))
  }

  @Test func `the window of an ended session is unchanged`() throws {
    var scene = try RotationScene()
    let window = scene.authority.refreshWindow(of: scene.row.record)
    scene.row.revocationReason = .signedOut
    #expect(scene.authority.refreshWindow(of: scene.row.record) == window)
  }
}
