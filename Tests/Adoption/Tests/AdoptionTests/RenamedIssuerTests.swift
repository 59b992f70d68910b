// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import API
@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct RenamedIssuerTests {
    static let next = "https://accounts.example.com"

    @Test func `a change of issuer keeps the session, and repeats lost answers`() async throws {
      try await Self.run(issuer: Self.next, renamed: Deployment.issuer) { deployment, server in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        let before = try await deployment.record(of: token)
        deployment.clock.advance(by: .days(1))
        let call = RefreshCall(
          server: server, refreshToken: token, idempotencyKey: "key-of-a-test-00")
        let answer = try await call.answer()
        #expect(try await call.answer() == answer)

        let tokens = try answer.tokens()
        let newToken = try #require(tokens.refreshToken)
        for issued in [newToken, tokens.accessToken] {
          #expect(try UnverifiedJWT(issued).payload["iss"]?.string == Self.next)
        }
        let after = try #require(try await deployment.store.session(before.id))
        #expect(after.generation == 1)
        #expect(after.authenticatedAt == before.authenticatedAt)
        let again = RefreshCall(
          server: server, refreshToken: newToken, idempotencyKey: "key-of-a-test-01")
        #expect(try await again.answer().status == 200)
      }
    }

    @Test func `a server that issues the former tokens accepts the next ones before the change`()
      async throws
    {
      try await Self.run(issuer: Deployment.issuer, renamed: Self.next) { deployment, server in
        let next = try Deployment.authority(
          deployment.keys, issuer: Self.next, clock: deployment.clock.wallClock)
        let (tokens, record) = try next.openSession(subject: "amelie")
        try await deployment.store.insert(
          record, expiresAt: .maximum, now: deployment.clock.now)
        let call = RefreshCall(
          server: server, refreshToken: tokens.refreshToken, idempotencyKey: "key-of-a-test-00")
        #expect(try await call.answer().status == 200)
      }
    }

    @Test func `a server that knows one issuer refuses the other one's tokens`() async throws {
      try await Self.run(issuer: Self.next, renamed: nil) { deployment, server in
        let phone = try await deployment.signedInPhone()
        let call = RefreshCall(
          server: server, refreshToken: try #require(phone.refreshToken),
          idempotencyKey: "key-of-a-test-00")
        let answer = try await call.answer()
        #expect(answer.status == 400)
        #expect(answer.refusal == "wrong_token")
      }
    }

    @Test func `a token of the former issuer signs out`() async throws {
      try await Self.run(issuer: Self.next, renamed: Deployment.issuer) { deployment, server in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        let answer = try await RefreshCall.answer(
          of: server.appending(path: "revoke"), to: "token=\(token)")
        #expect(answer.status == 200)
        #expect(try await deployment.record(of: token).revocationReason == .signedOut)
      }
    }

    @Test func `the app only notices one refresh`() async throws {
      try await Self.run(issuer: Self.next, renamed: Deployment.issuer) { deployment, server in
        let first = try await deployment.signedInPhone()
        deployment.gateway.redirect(to: server)
        let verifier = try AccessTokenVerifier(
          issuer: Self.next, audience: Deployment.audience,
          keys: KeyRing(parsing: deployment.keys.access), clock: deployment.clock.wallClock)
        let api = try await LocalServer(APIServer(verifier: verifier).router)
        defer { api.stop() }
        deployment.clock.advance(by: .minutes(5))
        let phone = try await Phone(
          transport: HTTPTransport(
            signInServer: deployment.gatewayURL, api: api.url, report: { _ in }),
          keychain: first.keychain, clock: deployment.clock)
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.count == 1)
      }
    }

    /// Runs a test beside a second server on the same rows and keys.
    private static func run(
      issuer: String, renamed: String?, _ test: (Deployment, URL) async throws -> Void
    ) async throws {
      try await Deployment.run { deployment in
        let accounts = try #require(deployment.accounts)
        let clock = deployment.clock.wallClock
        let sessions = Sessions(
          authority: try Deployment.authority(deployment.keys, issuer: issuer, clock: clock),
          store: deployment.store, accounts: accounts
        )
        .accepting(
          try renamed.map { try Deployment.authority(deployment.keys, issuer: $0, clock: clock) })
        let server = try await LocalServer(
          SignInServer(sessions: sessions, accounts: accounts).router)
        defer { server.stop() }
        try await test(deployment, server.url)
      }
    }
  }
}
