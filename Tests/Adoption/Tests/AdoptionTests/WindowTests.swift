// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct WindowTests {
    @Test func `after ninety days without use the user signs in again`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(90) - .seconds(1))
        #expect(try await phone.relaunched().subscription() == Deployment.subscription)
        deployment.clock.advance(by: .days(90))
        #expect(try await phone.relaunched().signInReason() == .refused(.windowClosed))
      }
    }

    @Test func `the session ends a year after sign-in, however often it was used`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        for _ in 1...6 {
          deployment.clock.advance(by: .days(60))
          #expect(try await phone.relaunched().subscription() == Deployment.subscription)
        }
        deployment.clock.advance(by: .days(5))
        #expect(try await phone.relaunched().signInReason() == .refused(.windowClosed))
      }
    }

    @Test func `a row is deleted a day after its window, at the next sign-in`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = phone.refreshToken
        let id = try await deployment.record(of: token).id
        deployment.clock.advance(by: .days(91) - .seconds(1))
        try await deployment.phone("tablet").signIn()
        #expect(try await deployment.store.sessionIDs(of: "amelie").contains(id))
        deployment.clock.advance(by: .seconds(1))
        try await deployment.phone("television").signIn()
        let ids = try await deployment.store.sessionIDs(of: "amelie")
        #expect(ids.count == 2)
        #expect(!ids.contains(id))
      }
    }
  }
}
