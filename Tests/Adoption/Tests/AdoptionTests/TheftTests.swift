// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  @Suite struct TheftTests {
    @Test func `a stolen refresh token ends the session for thief and user`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let stolen = try #require(first.refreshToken)
        deployment.clock.advance(by: .days(1))
        let phone = try await first.relaunched()
        #expect(try await phone.subscription() == Deployment.subscription)

        let thief = try await RefreshCall(
          server: deployment.signInURL, refreshToken: stolen, idempotencyKey: "key-of-the-thief-00"
        ).answer()
        #expect(thief.status == 400)
        #expect(thief.refusal == Refusal.Code.reuseDetected.rawValue)
        deployment.clock.advance(by: .days(1))
        #expect(try await phone.relaunched().signInReason() == .refused(.revoked))
      }
    }

    @Test func `a thief who refreshed first is found when the user refreshes`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let stolen = try #require(first.refreshToken)
        deployment.clock.advance(by: .days(1))
        let taken = try await RefreshCall(
          server: deployment.signInURL, refreshToken: stolen, idempotencyKey: "key-of-the-thief-00"
        ).answer()
        #expect(taken.status == 200)

        let phone = try await first.relaunched()
        #expect(try await phone.signInReason() == .refused(.reuseDetected))
        let next = try TokenResponse(parsing: taken.body.utf8)
        let thief = try await RefreshCall(
          server: deployment.signInURL, refreshToken: try #require(next.refreshToken),
          idempotencyKey: "key-of-the-thief-01"
        ).answer()
        #expect(thief.refusal == Refusal.Code.revoked.rawValue)
      }
    }

    @Test func `a copy of the whole store, key included, shares at most one generation`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let copy = try await first.copied()
        deployment.clock.advance(by: .days(1))
        let phone = try await first.relaunched()
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(try await copy.relaunched().subscription() == Deployment.subscription)

        deployment.clock.advance(by: .days(1))
        #expect(try await phone.relaunched().subscription() == Deployment.subscription)
        #expect(try await copy.relaunched().signInReason() == .refused(.reuseDetected))
        deployment.clock.advance(by: .days(1))
        #expect(try await phone.relaunched().signInReason() == .refused(.revoked))
      }
    }
  }
}
