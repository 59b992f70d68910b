import Foundation
import SessionTokens
import Testing

@testable import SignIn

extension AdoptionTests {
  @Suite struct ConcurrencyTests {
    @Test func `Fifty refreshes of one token at once are one rotation and 49 replays`() async throws
    {
      try await Deployment.run { deployment in
        let token = try #require(try await deployment.signedInPhone().refreshToken)
        try await refresh(token, servers: [deployment.signInURL], deployment)
      }
    }

    @Test func `So they are by two instances on one database file`() async throws {
      try await Deployment.runProcesses(count: 2) { deployment, instances in
        let token = try #require(try await deployment.signedInPhone().refreshToken)
        try await refresh(token, servers: instances.map(\.url), deployment)
      }
    }

    private func refresh(
      _ token: String, servers: [URL], _ deployment: Deployment
    ) async throws {
      let answers = try await withThrowingTaskGroup(of: RefreshCall.Answer.self) { group in
        for number in 0..<50 {
          let call = RefreshCall(
            server: servers[number % servers.count], refreshToken: token,
            idempotencyKey: "one-key-for-all-of-them")
          group.addTask { try await call.answer() }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count == 50)
      #expect(answers.allSatisfy { $0.status == 200 })
      let tokens = try Set(answers.map { try TokenResponse(parsing: $0.body.utf8).refreshToken })
      #expect(tokens.count == 1)
      let record = try await deployment.record(of: token)
      #expect(record.generation == 1)
      #expect(record.version == 1)
    }
  }
}
