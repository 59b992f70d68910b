// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct DeletedUserTests {
    @Test func `the session of a deleted user ends at the next refresh`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let refreshToken = try #require(phone.refreshToken)
        try await #require(deployment.accounts).delete("amelie")
        let call = RefreshCall(
          server: deployment.signInURL, refreshToken: refreshToken,
          idempotencyKey: "key-of-a-test-00")
        for _ in 1...2 {
          let answer = try await call.answer()
          #expect(answer.status == 400)
          #expect(answer.refusal == Refusal.Code.revoked.rawValue)
        }
        let record = try await deployment.record(of: refreshToken)
        #expect(record.revocationReason == .administrator)
        #expect(record.generation == 0)
      }
    }

    @Test func `a deleted user can't sign in, and other users are unaffected`() async throws {
      try await Deployment.run { deployment in
        try await #require(deployment.accounts).delete("amelie")
        let phone = try await deployment.phone()
        await #expect(throws: SignInRefused.self) {
          _ = try await phone.transport.tokens(user: "amelie", password: "correct-horse")
        }
        let other = try await phone.transport.tokens(user: "bruno", password: "battery-staple")
        let refreshToken = try #require(other.refreshToken)
        let answer = try await RefreshCall(
          server: deployment.signInURL, refreshToken: refreshToken,
          idempotencyKey: "key-of-a-test-00"
        ).answer()
        #expect(answer.status == 200)
      }
    }
  }
}
