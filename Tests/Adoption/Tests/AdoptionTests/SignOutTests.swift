import SessionTokens
import Testing

@testable import API
@testable import App

extension AdoptionTests {
  @Suite struct SignOutTests {
    @Test func `Signing out empties the store and ends the session on the server`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        await phone.session.signOut()
        #expect(phone.keychain.read() == .empty)
        #expect(try await phone.signInReason() == .signedOutByUser)

        try await eventually {
          try await deployment.record(of: token).revocationReason == .signedOut
        }
        let answer = try await RefreshCall(
          server: deployment.signInURL, refreshToken: token, idempotencyKey: "key-of-a-test-00"
        ).answer()
        #expect(answer.status == 400)
        #expect(answer.refusal == Refusal.Code.revoked.rawValue)
      }
    }

    @Test func `Signing out everywhere ends the sessions of one user on all devices`() async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone("phone")
        let tablet = try await deployment.signedInPhone("tablet")
        let other = await deployment.phone("other")
        try await other.signIn(as: "bruno", password: "battery-staple")
        let tokens = try await phone.transport.signIn(user: "amelie", password: "correct-horse")
        let status = try await phone.transport.signOutEverywhere(accessToken: tokens.accessToken)
        #expect(status == 204)

        deployment.clock.advance(by: .days(1))
        #expect(try await phone.relaunched().signInReason() == .refused(.revoked))
        #expect(try await tablet.relaunched().signInReason() == .refused(.revoked))
        #expect(
          try await other.relaunched().subscription()
            == Subscription(subject: "bruno", plan: "none"))
      }
    }

    @Test func `Signing out everywhere needs an access token`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        #expect(try await phone.transport.signOutEverywhere(accessToken: token) == 401)
        #expect(try await deployment.record(of: token).revocationReason == nil)
      }
    }
  }
}
