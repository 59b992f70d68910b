// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The server of the model: the real `SessionAuthority`, asked once for each distinct question.
///
/// Tokens, keys, rows and requests have numbers; every decision about them comes from
/// `verifyRefresh`, `rotate` and `revoke`, and every promise about a decision or a write is checked
/// at the decision or the write.
final class ModelServer {
  let scenario: ModelScenario
  var authority: SessionAuthority
  private(set) var tokens: [ModelToken] = []
  private var pairs = Interner<TokenPair>()
  var rows = Interner<ModelRow>()
  var keys = Interner<String>()
  var requests = Interner<ModelRequest>()
  var messages = Interner<ModelMessage>()
  var blobs = Interner<ModelBlob>()
  private(set) var decisions: [ModelDecision] = []
  private(set) var details: [(decision: RotationDecision?, update: SessionUpdate?, now: Int64)] = []
  private var decisionNumbers: [UInt64: Int] = [:]
  private var swaps: [UInt64: ModelSwap] = [:]
  /// The numbers of the pair and the row that the session was opened with.
  private(set) var opening = (pair: 0, row: 0)

  init(_ scenario: ModelScenario) throws {
    self.scenario = scenario
    func ring(_ id: String, _ byte: UInt8) throws -> KeyRing {
      try KeyRing(active: SigningKey(id: id, secret: [UInt8](repeating: byte, count: 32)))
    }
    authority = try SessionAuthority(
      issuer: "https://id.example", audience: "api", accessKeys: ring("a", 1),
      refreshKeys: ring("r", 2), policy: ModelPolicy.policy(),
      clock: .fixed(ModelPolicy.date(scenario.openedAhead)))
    let session = try open(seed: 1)
    opening.pair = number(of: session.tokens)
    opening.row = rows.number(
      of: ModelRow(
        record: session.record, rotations: [], openedAt: scenario.openedAhead, isEnded: false))
  }

  /// Opens a session of the same user.
  func open(seed: UInt64) throws -> (tokens: TokenPair, record: SessionRecord) {
    var generator = SeededGenerator(seed: seed)
    return try authority.openSession(subject: "user", clientID: "app", using: &generator)
  }

  func token(_ number: Int) -> ModelToken { tokens[number - 1] }

  /// Returns the number of a pair; a new pair is read from its bytes.
  func number(of pair: TokenPair, isForeign: Bool = false) -> Int {
    let number = pairs.number(of: pair)
    guard number > tokens.count else { return number }
    do {
      tokens.append(try ModelToken(pair, isForeign: isForeign, authority: authority))
    } catch {
      fatalError("a token that was just made is not taken: \(error)")
    }
    return number
  }

  /// Decides about a request on the row that was read, 0 for none: `rotate`, or `revoke`.
  func decision(on request: Int, row: Int, at now: Int64) -> Int {
    let question = UInt64(request) << 32 | UInt64(row) << 12 | UInt64(now + 16)
    if let number = decisionNumbers[question] { return number }
    authority.clock = .fixed(ModelPolicy.date(now))
    let asked = requests[request]
    let read = row == 0 ? nil : rows[row]
    let number = decisions.count
    if asked.token == 0 {
      let update = read.flatMap { authority.revoke($0.record, reason: .signedOut) }
      details.append((nil, update, now))
      decisions.append(
        ModelDecision(
          request: request, row: row, writes: update != nil, pair: 0, refusal: nil,
          outcome: update == nil ? .endedBefore : .ended, broken: nil))
    } else {
      let token = token(asked.token)
      let decision = authority.rotate(
        token.presented, record: read?.record,
        idempotencyKey: asked.key == 0 ? nil : keys[asked.key], claims: .empty)
      let handed = (try? decision.answer.get()).map { self.number(of: $0) } ?? 0
      let event = DecisionEvent(
        scenario: scenario, token: token, key: asked.key, row: read, now: now, decision: decision,
        handed: handed, pair: handed == 0 ? nil : self.token(handed))
      details.append((decision, decision.update, now))
      decisions.append(
        ModelDecision(
          request: request, row: row, writes: decision.update != nil, pair: handed,
          refusal: decision.refusal.flatMap { ModelRefusal($0) }, outcome: event.outcome,
          broken: Promise.allCases.first { $0.isBroken(by: event) }))
    }
    decisionNumbers[question] = number
    return number
  }

  /// Writes the decision's update if the version is still the expected one.
  func swap(_ number: Int, into row: Int) -> ModelSwap {
    let question = UInt64(number) << 32 | UInt64(row)
    if let swap = swaps[question] { return swap }
    let swap = swapped(number, into: row)
    swaps[question] = swap
    return swap
  }

  private func swapped(_ number: Int, into row: Int) -> ModelSwap {
    let (decision, (_, update, now)) = (decisions[number], details[number])
    guard row != 0, let update, rows[row].record.version == update.expectedVersion else {
      return ModelSwap(row: nil, broken: nil)
    }
    let before = rows[row]
    let request = requests[decision.request]
    var rotations = before.rotations
    var rotated: Int64?
    if decision.pair != 0 {
      let from = token(request.token).generation
      rotated = from
      rotations.append(
        ModelRow.Rotation(
          from: from, key: request.key, pair: decision.pair, at: max(now, before.movedAt)))
    }
    let after = ModelRow(
      record: update.record, rotations: rotations, openedAt: before.openedAt,
      isEnded: before.isEnded || decision.pair == 0)
    let event = SwapEvent(before: before, after: after, rotated: rotated)
    return ModelSwap(
      row: rows.number(of: after), broken: Promise.allCases.first { $0.isBroken(by: event) })
  }
}

extension RotationDecision {
  fileprivate var refusal: Refusal? {
    if case .failure(let refusal) = answer { refusal } else { nil }
  }
}
