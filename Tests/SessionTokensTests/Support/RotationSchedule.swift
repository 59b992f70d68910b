// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// One honest client, several servers on one store, and a network that loses, repeats and delays.
///
/// The policy, the gaps and the network's faults are drawn from the seed. Each server's clock is
/// ahead of the true time by at most the policy's skew. A client that sends keys keeps one with its
/// token, and copies of its last four requests may arrive at any time; a client that sends none
/// retries a lost response within the grace, and no copy of its requests arrives later.
struct RotationSchedule {
  let usesKeys: Bool
  private(set) var authority: SessionAuthority
  private(set) var record: SessionRecord
  private(set) var decisions: [Step] = []
  private(set) var isOver = false

  private var source: SeededGenerator
  private var now = RotationScene.signIn
  private var request: Request
  private var sent: [Request] = []

  /// A refresh request as it travels.
  struct Request {
    let token: String
    let generation: Int64
    let key: String?
  }

  /// The decision of one server, with its record and the time on its clock.
  struct Step {
    let decision: RotationDecision
    let before: SessionRecord
    let after: SessionRecord
    let decidedAt: NumericDate
  }

  init(seed: UInt64, usesKeys: Bool) throws {
    source = SeededGenerator(seed: seed)
    self.usesKeys = usesKeys
    authority = try RotationScene().authority
    authority = try SessionAuthority(
      issuer: authority.issuer, audience: authority.audience,
      accessKeys: KeyRing(active: .random(id: "a", using: &source)),
      refreshKeys: KeyRing(active: .random(id: "r", using: &source)),
      policy: Self.policy(&source), clock: .fixed(now))
    let session = try authority.openSession(subject: "user-1", using: &source)
    record = session.record
    request = Request(
      token: session.tokens.refreshToken, generation: 0, key: usesKeys ? source.key() : nil)
  }

  /// Lets time pass, then lets the client refresh or an earlier request arrive once more.
  mutating func step() throws {
    let policy = authority.policy
    let longest = (policy.idleTTL ?? policy.refreshTTL).components.seconds
    now = now + .seconds(source.seconds(upTo: longest / 2))
    if usesKeys, source.chance(percent: 30) {
      let late = sent.filter { record.generation - $0.generation <= 4 }
      if let copy = late.randomElement(using: &source) { _ = try serve(copy) }
    } else {
      try refresh()
    }
  }

  private mutating func refresh() throws {
    sent = Array(sent.suffix(3)) + [request]
    let graceEnd = now + authority.policy.retryGrace - authority.policy.clockSkew
    while !isOver {
      if !source.chance(percent: 20) {
        let answer = try serve(request)
        let isLost = source.chance(percent: 25) && (usesKeys || now < graceEnd)
        if !isLost {
          if case .success(let pair) = answer { try adopt(pair) }
          return
        }
        if usesKeys, source.chance(percent: 50) { return }
      }
      let pause = source.seconds(upTo: usesKeys ? 86_400 : 30)
      now =
        usesKeys
        ? now + .seconds(pause) : max(now, min(graceEnd - .seconds(1), now + .seconds(pause)))
    }
  }

  private mutating func serve(_ request: Request) throws -> Result<TokenPair, Refusal> {
    let skew = authority.policy.clockSkew.components.seconds
    let decidedAt = now + .seconds(Int64.random(in: 0...skew, using: &source))
    var server = authority
    server.clock = .fixed(decidedAt)
    let before = record
    let decision = try server.rotate(
      server.verifyRefresh(request.token), record: before, idempotencyKey: request.key,
      claims: .empty)
    if let update = decision.update {
      try #require(update.expectedVersion == record.version)
      record = update.record
    }
    decisions.append(
      Step(decision: decision, before: before, after: record, decidedAt: decidedAt))
    if case .refuse(.windowClosed) = decision { isOver = true }
    if case .revoke = decision { isOver = true }
    return decision.answer
  }

  private mutating func adopt(_ pair: TokenPair) throws {
    request = Request(
      token: pair.refreshToken, generation: record.generation,
      key: usesKeys ? source.key() : nil)
  }

  private static func policy(_ source: inout SeededGenerator) throws -> RotationPolicy {
    let access = Int64.random(in: 61...3_600, using: &source)
    let refresh = access + 1 + source.seconds(upTo: 200 * 86_400)
    let idle = Int64.random(in: access + 1...refresh, using: &source)
    return try RotationPolicy(
      accessTTL: .seconds(access), refreshTTL: .seconds(refresh),
      idleTTL: source.chance(percent: 50) ? .seconds(idle) : nil,
      retryGrace: .seconds(Int64.random(in: 0..<access, using: &source)),
      clockSkew: .seconds(source.seconds(upTo: 600)))
  }
}
