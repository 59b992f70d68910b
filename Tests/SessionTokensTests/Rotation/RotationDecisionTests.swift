// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The four decisions: their updates, their answers, and their log lines.
@Suite struct RotationDecisionTests {
  enum Kind: String, CaseIterable, Sendable { case rotate, replay, revoke, refuse }

  @Test func `a rotation writes an update and answers with its pair`() throws {
    let decision = try decision(.rotate)
    guard case .rotate(let pair, let update) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(decision.update == update)
    #expect(decision.answer == .success(pair))
  }

  @Test func `a replay answers with its pair and writes nothing`() throws {
    let decision = try decision(.replay)
    guard case .replay(let pair) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(decision.update == nil)
    #expect(decision.answer == .success(pair))
  }

  @Test func `a revocation writes an update and answers with its refusal`() throws {
    let decision = try decision(.revoke)
    guard case .revoke(let refusal, let update) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(decision.update == update)
    #expect(decision.answer == .failure(refusal))
    #expect(refusal.code == .reuseDetected)
    #expect(refusal.isDefinitive)
  }

  @Test func `a refusal is its own answer and writes nothing`() throws {
    let decision = try decision(.refuse)
    #expect(decision == .refuse(.superseded))
    #expect(decision.update == nil)
    #expect(decision.answer == .failure(.superseded))
    #expect(Refusal.superseded.isDefinitive)
  }

  static let lines: [(Kind, String)] = [
    (
      .rotate,
      "rotate to SessionRecord(id: AAECAwQFBgcICQoLDA0ODw, generation: 8, version: 12)"
    ),
    (.replay, "replay TokenPair(accessExpiresAt: 1800087300, refreshExpiresAt: 1800691200)"),
    (
      .revoke,
      "revoke SessionRecord(id: AAECAwQFBgcICQoLDA0ODw, generation: 7, version: 12, "
        + "revoked: reuse_detected): reuse_detected"
    ),
    (.refuse, "refuse: superseded"),
  ]

  @Test(arguments: lines)
  func `a log line has the decision, its session and its reason`(
    _ kind: Kind, _ line: String
  ) throws {
    let decision = try decision(kind)
    #expect(decision.description == line)
    #expect(decision.debugDescription == line)
    #expect("\(decision)" == line)
  }

  @Test(arguments: Kind.allCases)
  func `no printing of a decision shows a token, a key or the secret`(_ kind: Kind) throws {
    let decision = try decision(kind)
    var texts = [String(describing: decision), String(reflecting: decision)]
    var dumped = ""
    dump(decision, to: &dumped)
    dump(decision.update, to: &dumped)
    dump(decision.answer, to: &dumped)
    texts.append(dumped)
    #expect(Mirror(reflecting: decision).children.isEmpty)
    let secret = try RotationScene().row.secret
    for text in texts {
      #expect(!text.contains("eyJ"))
      #expect(!text.contains("key-of-"))
      #expect(!text.contains(Base64URL.encode(secret.bytes)))
      #expect(!text.contains("\(secret.bytes[0]), \(secret.bytes[1])"))
    }
    #expect(!texts[0].contains { $0.isNewline })
  }

  @Test func `a presented token shows its session and its generation`() throws {
    let token = try RotationScene().presented(7)
    #expect(
      "\(token)" == "PresentedRefreshToken(sid: AAECAwQFBgcICQoLDA0ODw, gen: 7)")
    #expect(String(reflecting: token) == "\(token)")
    #expect(Mirror(reflecting: token).children.isEmpty)
    #expect(token.sessionID.description == "AAECAwQFBgcICQoLDA0ODw")
    #expect(token.subject == "user-1")
    #expect(token.generation == 7)
  }

  private func decision(_ kind: Kind) throws -> RotationDecision {
    var scene = try RotationScene()
    try scene.remember(RotationScene.keys)
    let now = scene.row.rotatedAt
    switch kind {
    case .rotate: return try scene.decide(7, key: RotationScene.otherKey, at: now)
    case .replay: return try scene.decide(6, key: RotationScene.keys[0], at: now)
    case .revoke: return try scene.decide(6, key: RotationScene.otherKey, at: now)
    case .refuse: return try scene.decide(5, key: RotationScene.keys[1], at: now)
    }
  }
}
