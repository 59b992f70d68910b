// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Row 6: the current token, or a newer one, is rotated; and the values of the update.
@Suite struct RotationTableRotateTests {
  @Test(arguments: [7, 8, 9, 1_000_000] as [Int64])
  func `the current token and any newer one is rotated to the next of its own generation`(
    _ generation: Int64
  ) throws {
    let scene = try RotationScene()
    let now = scene.row.rotatedAt + .seconds(3_600)
    let decision = try scene.decide(generation, at: now)
    guard case .rotate(let pair, let update) = decision else {
      Issue.record("\(decision)")
      return
    }
    var expected = scene.row
    expected.generation = generation + 1
    expected.rotatedAt = now
    expected.version = 12
    #expect(update.expectedVersion == 11)
    #expect(update.record == expected.record)
    #expect(try scene.authority.verifyRefresh(pair.refreshToken).generation == generation + 1)
  }

  @Test(arguments: [nil, RotationScene.keys[0], RotationScene.otherKey, "short"])
  func `the current token is rotated with any key`(_ key: String?) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    #expect(try scene.decide(7, key: key, at: scene.row.rotatedAt).outcome == .rotate(to: 8))
  }

  @Test(arguments: [-30, -1, 0, 1, 86_400] as [Int64])
  func `rotatedAt is never earlier than it was`(_ offset: Int64) throws {
    let scene = try RotationScene()
    let now = scene.row.rotatedAt + .seconds(offset)
    let update = try #require(try scene.decide(7, at: now).update)
    #expect(update.record.rotatedAt == max(now, scene.row.rotatedAt))
  }

  @Test func `each request's key is put first, and four are remembered`() throws {
    let keys = (0..<6).map { "key-of-request-\($0)0" }
    var scene = try RotationScene()
    for (index, key) in keys.enumerated() {
      let generation = RotationScene.generation + Int64(index)
      let decision = try scene.decide(generation, key: key, at: scene.row.rotatedAt)
      scene.row = RecordDraft(try #require(decision.update).record)
      #expect(
        scene.row.idempotencyKeys.rawValue
          == keys[...index].reversed().prefix(4).joined(separator: ","))
    }
  }

  /// The requests' keys in their order, and the column afterwards.
  static let columns: [(keys: [String?], text: String)] = [
    ([nil], ""),
    ([nil, nil, nil, nil], ""),
    (["key-of-request-a"], "key-of-request-a"),
    (["key-of-request-a", nil], ",key-of-request-a"),
    (["key-of-request-a", nil, nil, nil], ",,,key-of-request-a"),
    (["key-of-request-a", nil, nil, nil, nil], ""),
    (
      ["key-of-request-a", nil, "key-of-request-c", nil], ",key-of-request-c,,key-of-request-a"
    ),
    (["key-of-request-a", nil, "key-of-request-c", nil, nil], ",,key-of-request-c"),
    (["not a valid key!", "key-of-request-b"], "key-of-request-b"),
  ]

  @Test(arguments: columns)
  func `an absent key takes a place as well`(
    _ keys: [String?], _ text: String
  ) throws {
    var scene = try RotationScene()
    for key in keys {
      let decision = try scene.decide(scene.row.generation, key: key, at: scene.row.rotatedAt)
      scene.row = RecordDraft(try #require(decision.update).record)
    }
    #expect(scene.row.idempotencyKeys.rawValue == text)
    #expect(IdempotencyKeys(rawValue: text) == scene.row.idempotencyKeys)
  }

  /// The number of generations the record never saw, and the column after a request with a key.
  static let leaps: [(skipped: Int64, text: String)] = [
    (0, "key-of-nobody-000,key-of-gen-7-000,key-of-gen-6-000,key-of-gen-5-000"),
    (1, "key-of-nobody-000,,key-of-gen-7-000,key-of-gen-6-000"),
    (2, "key-of-nobody-000,,,key-of-gen-7-000"),
    (3, "key-of-nobody-000"), (4, "key-of-nobody-000"), (.max - 8, "key-of-nobody-000"),
  ]

  @Test(arguments: leaps)
  func `the keys of requests that a restored record never saw are unknown`(
    _ skipped: Int64, _ text: String
  ) throws {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let key = RotationScene.otherKey
    let update = try #require(
      try scene.decide(7 + skipped, key: key, at: scene.row.rotatedAt).update)
    #expect(update.record.idempotencyKeys.rawValue == text)
    scene.row = RecordDraft(update.record)
    #expect(try scene.decide(7 + skipped, key: key, at: scene.row.rotatedAt).update == nil)
    guard skipped > 0, skipped < 5 else { return }
    for unseen in 7..<(7 + skipped) {
      for key in RotationScene.keys {
        let decision = try scene.decide(unseen, key: key, at: scene.row.rotatedAt)
        #expect(decision.outcome == .revoke(behind: 8 + skipped - unseen, age: 0))
      }
    }
  }

  @Test(arguments: [1, 899, 900, 901] as [Int64])
  func `near the window's end the access token expires with it`(_ left: Int64) throws {
    var scene = try RotationScene()
    let end = scene.row.authenticatedAt + .seconds(2_592_000)
    scene.row.rotatedAt = end - .seconds(3_600)
    let pair = try scene.decide(7, at: end - .seconds(left)).answer.get()
    #expect(pair.response.expiresIn == .seconds(min(left, 900)))
    #expect(pair.response.refreshTokenExpiresIn == .seconds(left))
    #expect(pair.accessExpiresAt == min(end, end - .seconds(left) + .seconds(900)))
    #expect(pair.refreshExpiresAt == end)
  }

  @Test func `the tokens have the record's values: iat, exp, jti, bindings`() throws {
    let scene = try RotationScene()
    let now = scene.row.rotatedAt + .seconds(3_600)
    guard case .rotate(let pair, let update) = try scene.decide(7, at: now) else {
      Issue.record("not rotated")
      return
    }
    var authority = scene.authority
    authority.clock = .fixed(now)
    let access = try authority.accessTokenVerifier.verify(pair.accessToken)
    let refresh = try authority.verifyRefresh(pair.refreshToken)
    let identifiers = TokenIdentifiers(scene.row.secret.hmac, generation: 8)
    #expect(access.sessionID == scene.row.id)
    #expect(access.subject == "user-1")
    #expect(access.clientID == "app")
    #expect(access.authenticatedAt == scene.row.authenticatedAt)
    #expect(access.issuedAt == now)
    #expect(access.expiresAt == now + .seconds(900))
    #expect(access.expiresAt == pair.accessExpiresAt)
    #expect(access.id == identifiers.access.text)
    #expect(refresh.id == identifiers.refresh)
    #expect(refresh.claims.issuedAt == now)
    #expect(refresh.claims.expiresAt == authority.refreshWindow(of: update.record).closesAt)
    #expect(refresh.claims.expiresAt == pair.refreshExpiresAt)
    #expect(pair.response.expiresIn == .seconds(900))
    #expect(pair.response.refreshTokenExpiresIn == .seconds(604_800))
  }
}
