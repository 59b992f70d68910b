// SPDX-License-Identifier: Apache-2.0

import GRDB
import SessionTokens
import Testing

@testable import API
@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct SignOutTests {
    @Test func `signing out empties the store and ends the session on the server`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        await phone.tell(.signedOutByUser)
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

    @Test func `an answered sign-out may be sent again`() async throws {
      try await Deployment.run { deployment in
        let token = try #require(try await deployment.signedInPhone().refreshToken)
        for _ in 1...2 { #expect(try await deployment.signOutStatus(token) == 200) }
        #expect(try await deployment.record(of: token).revocationReason == .signedOut)
      }
    }

    @Test
    func `a text that isn't a refresh token of the server has no session, and is answered 200`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let tokens = try await phone.transport.tokens(user: "amelie", password: "correct-horse")
        #expect(try await deployment.signOutStatus(tokens.accessToken) == 200)
        #expect(try await deployment.signOutStatus("not-a-token") == 200)
        #expect(try await deployment.record(of: tokens.refreshToken).revocationReason == nil)
      }
    }

    @Test func `a token of a key that isn't on this server yet is answered 503`()
      async throws
    {
      try await Deployment.run { deployment in
        let other = try SessionAuthority(
          issuer: Deployment.issuer, audience: Deployment.audience,
          accessKeys: KeyRing(active: .random(id: "access-2027-02")),
          refreshKeys: KeyRing(active: .random(id: "refresh-2027-02")),
          policy: deployment.authority.policy)
        let token = try other.openSession(subject: "amelie").tokens.refreshToken
        #expect(try await deployment.signOutStatus(token) == 503)
      }
    }

    @Test func `a token that wasn't issued for the session doesn't end it`() async throws {
      try await Deployment.run { deployment in
        let (tokens, issued) = try deployment.authority.openSession(subject: "amelie")
        let (_, other) = try deployment.authority.openSession(subject: "amelie")
        let row = SessionRecord(
          id: issued.id, subject: issued.subject, clientID: issued.clientID,
          authenticatedAt: issued.authenticatedAt, rotatedAt: issued.rotatedAt,
          generation: issued.generation, secret: other.secret,
          idempotencyKeys: issued.idempotencyKeys, revocationReason: nil, revokedAt: nil,
          version: issued.version)
        let now = deployment.clock.now
        try await deployment.store.insert(row, expiresAt: now + .days(90), now: now)
        #expect(try await deployment.signOutStatus(tokens.refreshToken) == 200)
        #expect(try await deployment.record(of: tokens.refreshToken).revocationReason == nil)
      }
    }

    @Test func `signing out everywhere ends the sessions of one user on all devices`() async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone("phone")
        let tablet = try await deployment.signedInPhone("tablet")
        let other = try await deployment.phone("other")
        try await other.signIn(as: "bruno", password: "battery-staple")
        let tokens = try await phone.transport.tokens(user: "amelie", password: "correct-horse")
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

    @Test func `a sign-in whose password has changed meanwhile opens no session`() async throws {
      try await Deployment.run { deployment in
        let sessions = Sessions(
          authority: deployment.authority, store: deployment.store,
          accounts: try #require(deployment.accounts))
        #expect(try await sessions.open(for: "amelie") { false } == nil)
        let ids = try await deployment.store.sessionIDs(of: "amelie")
        #expect(ids.count == 1)
        for id in ids {
          let record = try #require(try await deployment.store.session(id))
          #expect(record.revocationReason == .credentialsChanged)
        }
      }
    }

    @Test func `a session that can't be ended doesn't prevent the end of others`() async throws {
      try await Deployment.run { deployment in
        let store = deployment.store
        let sessions = Sessions(
          authority: deployment.authority, store: store,
          accounts: try #require(deployment.accounts))
        for _ in 1...3 { _ = try await sessions.open(for: "amelie") { true } }
        let ids = try await store.sessionIDs(of: "amelie")
        // The last digit has unused bits: no record can have this secret.
        let secret = String(repeating: "_", count: 43)
        try await store.database.write { database in
          try database.execute(
            sql: "UPDATE session SET secret = ? WHERE id = ?",
            arguments: [secret, ids[0].description])
        }
        await #expect(throws: (any Error).self) {
          try await sessions.endAll(of: "amelie", reason: .credentialsChanged)
        }
        for id in ids.dropFirst() {
          #expect(try await store.session(id)?.revocationReason == .credentialsChanged)
        }
      }
    }

    @Test func `signing out everywhere requires an access token`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = try #require(phone.refreshToken)
        #expect(try await phone.transport.signOutEverywhere(accessToken: token) == 401)
        #expect(try await deployment.record(of: token).revocationReason == nil)
      }
    }
  }
}
