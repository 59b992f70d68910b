// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  /// The keychain can't be emptied at a sign-out, and the server isn't reached.
  @Suite struct EraseTests {
    @Test func `a later event empties the store, and the next launch shows the sign-in screen`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await signedOutPhone(deployment, failureCount: 1)
        #expect(phone.refreshToken != nil)
        deployment.clock.advance(by: .seconds(2))
        await phone.tell(.timePassed)
        #expect(phone.keychain.read() == .empty)
        #expect(try await phone.relaunched().signInReason() == .neverSignedIn)
      }
    }

    @Test func `without another event the erase is tried again soon`() async throws {
      try await Deployment.run { deployment in
        let phone = try await signedOutPhone(deployment, failureCount: 1, clock: .system)
        #expect(phone.refreshToken != nil)
        try await eventually { phone.keychain.read() == .empty }
      }
    }

    @Test func `after the erase a session that another process of the app stores is kept`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await signedOutPhone(deployment, failureCount: 1)
        deployment.clock.advance(by: .seconds(2))
        await phone.tell(.timePassed)
        let other = try await deployment.signedInPhone()
        deployment.clock.advance(by: .seconds(2))
        await phone.tell(.timePassed)
        #expect(other.refreshToken != nil)
      }
    }

    @Test func `the session of an earlier sign-in isn't erased`() async throws {
      try await Deployment.run { deployment in
        let phone = try await signedOutPhone(deployment, failureCount: 2)
        try await phone.signIn(as: "bruno", password: "battery-staple")
        deployment.clock.advance(by: .seconds(2))
        await phone.tell(.timePassed)
        let record = try await deployment.record(of: phone.refreshToken)
        #expect(record.subject == "bruno")
      }
    }

    private func signedOutPhone(
      _ deployment: Deployment, failureCount: Int, clock: WallClock? = nil
    ) async throws -> Phone {
      let first = try await deployment.signedInPhone()
      let phone = try await Phone(
        transport: first.transport, keychain: first.keychain, clock: first.clock,
        session: AppSession(
          transport: first.transport,
          keychain: UnerasableKeychain(first.keychain, failureCount: failureCount),
          clock: clock ?? first.clock.wallClock))
      deployment.gateway.expect(.lostRequest)
      await phone.tell(.signedOutByUser)
      try await eventually { deployment.gateway.paths.contains("/revoke") }
      return phone
    }
  }
}
