// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import SignIn

extension AdoptionTests {
  @Suite struct ConcurrencyTests {
    @Test func `of twenty writers that replace one version one succeeds`()
      async throws
    {
      try await Deployment.run { deployment in
        let (authority, store) = (deployment.authority, deployment.store)
        let (_, record) = try authority.openSession(subject: "user-42")
        try await store.insert(
          record, expiresAt: .maximum, now: deployment.clock.now)
        let update = try #require(
          authority.revoke(record, reason: .administrator))
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
          for _ in 1...20 {
            group.addTask { try await store.swap(update, expiresAt: .maximum) }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wins == 1)
        #expect(try await store.session(record.id) == update.record)
      }
    }

    @Test func `fifty refreshes of one token at once are one rotation and 49 replays`()
      async throws
    {
      try await Deployment.run { deployment in
        try await refreshWithOneKey(deployment, servers: [deployment.signInURL])
      }
    }

    @Test
    func `fifty refreshes by two instances on one database file are one rotation and 49 replays`()
      async throws
    {
      try await Deployment.runProcesses(count: 2) { deployment, instances in
        try await refreshWithOneKey(deployment, servers: instances.map(\.url))
      }
    }

    @Test func `of fifty strangers with one token one gets tokens, and the session ends`()
      async throws
    {
      try await Deployment.run { deployment in
        try await refreshWithManyKeys(deployment, servers: [deployment.signInURL])
      }
    }

    @Test func `of fifty strangers at two instances on one database file one gets tokens`()
      async throws
    {
      try await Deployment.runProcesses(count: 2) { deployment, instances in
        try await refreshWithManyKeys(deployment, servers: instances.map(\.url))
      }
    }

    private func refreshWithOneKey(_ deployment: Deployment, servers: [URL]) async throws {
      let token = try #require(try await deployment.signedInPhone().refreshToken)
      let answers = try await answers(to: token, servers) { _ in "one-key-for-all-of-them" }
      #expect(answers.map(\.status) == Array(repeating: 200, count: 50))
      let tokens = try Set(answers.map { try TokenResponse(parsing: $0.body.utf8).refreshToken })
      #expect(tokens.count == 1)
      let record = try await deployment.record(of: token)
      #expect(record.generation == 1)
      #expect(record.version == 1)
    }

    private func refreshWithManyKeys(_ deployment: Deployment, servers: [URL]) async throws {
      let token = try #require(try await deployment.signedInPhone().refreshToken)
      let answers = try await answers(to: token, servers) { "key-of-stranger-\($0)" }
      #expect(answers.count { $0.status == 200 } == 1)
      #expect(answers.count { $0.refusal == Refusal.Code.reuseDetected.rawValue } == 1)
      #expect(answers.count { $0.refusal == Refusal.Code.revoked.rawValue } == 48)
      let record = try await deployment.record(of: token)
      #expect(record.generation == 1)
      #expect(record.revocationReason == .reuseDetected)
      #expect(record.version == 2)
    }

    /// Presents one token fifty times at once, to the servers in turn.
    private func answers(
      to token: String, _ servers: [URL], key: (Int) -> String
    ) async throws -> [RefreshCall.Answer] {
      try await withThrowingTaskGroup(of: RefreshCall.Answer.self) { group in
        for number in 0..<50 {
          let call = RefreshCall(
            server: servers[number % servers.count], refreshToken: token,
            idempotencyKey: key(number))
          group.addTask { try await call.answer() }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
  }
}
