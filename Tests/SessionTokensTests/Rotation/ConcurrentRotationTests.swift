// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// P8 with real tasks on a real actor, which also run with `--sanitize=thread`.
@Suite struct ConcurrentRotationTests {
  /// A server's store of one row: a read and, later, a compare-and-swap.
  private actor Store {
    private(set) var record: SessionRecord
    private(set) var swapCount = 0

    init(_ record: SessionRecord) {
      self.record = record
    }

    func swap(_ update: SessionUpdate) -> Bool {
      guard record.version == update.expectedVersion else { return false }
      record = update.record
      swapCount += 1
      return true
    }
  }

  private enum Served: Hashable {
    case rotated, replayed, refused, unavailable
  }

  private static let taskCount = 64

  private let authority: SessionAuthority
  private let refreshToken: String
  private let store: Store

  init() throws {
    func ring(_ id: String, _ byte: UInt8) throws -> KeyRing {
      try KeyRing(active: SigningKey(id: id, secret: [UInt8](repeating: byte, count: 32)))
    }
    authority = try SessionAuthority(
      issuer: "https://id.example", audience: "api", accessKeys: ring("a", 1),
      refreshKeys: ring("r", 2),
      policy: RotationPolicy(accessTTL: .seconds(900), refreshTTL: .seconds(86_400)),
      clock: .fixed(NumericDate(clamping: 1_700_000_000)))
    let session = try authority.openSession(subject: "user")
    refreshToken = session.tokens.refreshToken
    store = Store(session.record)
  }

  @Test(arguments: ["a-key-of-22-characters", nil])
  func `of many tasks with one token one rotates, and the others get the same pair`(
    _ key: String?
  ) async throws {
    let answers = try await answers(withKeys: [String?](repeating: key, count: Self.taskCount))
    #expect(answers.count { $0.served == .rotated } == 1)
    #expect(answers.count { $0.served == .replayed } == Self.taskCount - 1)
    let pair = try #require(answers.first?.pair)
    #expect(answers.allSatisfy { $0.pair == pair })
    #expect(await store.swapCount == 1)
    let record = await store.record
    #expect(record.generation == 1)
    #expect(record.version == 1)
    #expect(record.revocationReason == nil)
  }

  @Test func `of many tasks with different keys one rotates, and the session ends`()
    async throws
  {
    let keys = (0..<Self.taskCount).map { "key-of-the-task-number-\($0)" }
    let answers = try await answers(withKeys: keys)
    #expect(answers.count { $0.served == .rotated } == 1)
    #expect(answers.count { $0.served == .replayed || $0.served == .unavailable } == 0)
    #expect(await store.swapCount == 2)
    #expect(await store.record.revocationReason == .reuseDetected)
  }

  /// Presents the token once per key, all at the same time.
  private func answers(
    withKeys keys: [String?]
  ) async throws -> [(served: Served, pair: TokenPair?)] {
    try await withThrowingTaskGroup(of: (served: Served, pair: TokenPair?).self) { group in
      for key in keys { group.addTask { try await refresh(key: key) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// A server's loop.
  private func refresh(key: String?) async throws -> (served: Served, pair: TokenPair?) {
    let presented = try authority.verifyRefresh(refreshToken)
    for _ in 0..<5 {
      let record = await store.record
      await Task.yield()
      let decision = authority.rotate(
        presented, record: record, idempotencyKey: key, claims: .empty)
      if let update = decision.update, await !store.swap(update) { continue }
      switch decision {
      case .rotate(let pair, _): return (.rotated, pair)
      case .replay(let pair): return (.replayed, pair)
      case .revoke, .refuse: return (.refused, nil)
      }
    }
    return (.unavailable, nil)
  }
}
