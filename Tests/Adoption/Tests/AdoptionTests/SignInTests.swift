// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct SignInTests {
    @Test func `a user signs in, and the API knows them`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.isEmpty)
        #expect(try await deployment.record(of: phone.refreshToken).subject == "amelie")
      }
    }

    @Test func `a wrong password opens no session`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        await #expect(throws: SignInRefused.self) {
          _ = try await phone.transport.tokens(user: "amelie", password: "correct-hors")
        }
        #expect(try await phone.signInReason() == .neverSignedIn)
        let ids = try await deployment.store.sessionIDs(of: "amelie")
        #expect(ids.isEmpty)
      }
    }

    @Test
    func `a refresh token opens nothing at the API, nor an access token at the refresh endpoint`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let tokens = try await phone.transport.tokens(user: "amelie", password: "correct-horse")
        let refreshToken = try #require(tokens.refreshToken)
        let api = try await phone.transport.get("subscription", accessToken: refreshToken)
        #expect(api.status == 401)
        let answer = try await RefreshCall(
          server: deployment.signInURL, refreshToken: tokens.accessToken,
          idempotencyKey: "key-of-a-test-00"
        ).answer()
        #expect(answer.status == 400)
        #expect(answer.refusal == Refusal.Code.wrongToken.rawValue)
      }
    }

    @Test(arguments: [
      ("", "invalid_request"), ("refresh_token=TOKEN", "invalid_request"),
      ("grant_type=refresh_token", "invalid_request"),
      ("grant_type=password&refresh_token=TOKEN", "unsupported_grant_type"),
    ])
    func `a form that isn't a refresh gets a 400 after which the app keeps its tokens`(
      form: String, error: String
    ) async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let refreshToken = try #require(phone.refreshToken)
        let answer = try await RefreshCall.answer(
          of: deployment.signInURL.appending(path: "token"),
          to: form.replacing("TOKEN", with: refreshToken))
        #expect(answer.status == 400)
        #expect(answer.body == #"{"error":"\#(error)"}"#)
        #expect(
          RefreshAnswer(status: answer.status, body: answer.body.utf8)
            == .unavailable(retryAfter: nil, code: Refusal.Code(rawValue: error)))
      }
    }
  }
}
