// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import API
@testable import App

extension AdoptionTests {
  @Suite struct RelaunchTests {
    @Test func `after forty days the app resumes silently, and then queries the subscription`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(40))

        let phone = try await first.relaunched()
        var states: [SessionRestoration.State] = []
        for await effects in phone.session.updates {
          for case .stateChanged(let state) in effects { states.append(state) }
          if states.last == .active { break }
        }
        #expect(states == [.refreshing, .active])
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.count == 1)
        #expect(try await deployment.record(of: phone.refreshToken).generation == 1)
      }
    }

    @Test func `ten requests at launch wait for one refresh`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        let phone = try await first.relaunched()
        let answers = try await withThrowingTaskGroup(of: Subscription.self) { group in
          for _ in 1...10 { group.addTask { try await phone.subscription() } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: Deployment.subscription, count: 10))
        #expect(deployment.gateway.refreshes.count == 1)
      }
    }

    @Test func `a launch with a valid access token sends no request`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .minutes(10))
        let phone = try await first.relaunched()
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.isEmpty)
      }
    }
  }
}
