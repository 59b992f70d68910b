// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct ExchangeTests {
    @Test
    func `a token without kid and with a number as sub opens a session with its own sign-in time`()
      async throws
    {
      try await Deployment.run { deployment in
        let signedInAt = deployment.clock.now - .days(300)
        let token = LegacyToken.refresh(
          #""iat":\#(signedInAt.secondsSinceEpoch),"jti":"one""#)
        let tokens = try await deployment.exchange(token).tokens()
        #expect(tokens.expiresIn == .minutes(15))
        #expect(tokens.refreshTokenExpiresIn == .days(65))
        let record = try await deployment.record(of: tokens.refreshToken)
        #expect(record.subject == "1001")
        #expect(record.authenticatedAt == signedInAt)
        #expect(record.rotatedAt == deployment.clock.now)
        #expect(record.generation == 0)
        let phone = try await deployment.phone()
        #expect(
          try await phone.transport.get("subscription", accessToken: tokens.accessToken).status
            == 200)
      }
    }

    @Test(arguments: [16, 19, 31, 32, 33, 64, 65])
    func `a secret of any length from 16 bytes verifies only the tokens that it has signed`(
      byteCount: Int
    ) async throws {
      let secret = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
      try await Deployment.run(legacySecret: secret) { deployment in
        let members = #""iat":\#(deployment.clock.now.secondsSinceEpoch)"#
        let answer = try await deployment.exchange(LegacyToken.refresh(members, secret: secret))
        #expect(answer.status == 200)
        for other in [secret.dropLast(), secret + [1]] {
          let forged = LegacyToken.refresh(members, secret: Array(other))
          #expect(try await deployment.exchange(forged).refusal == "bad_signature")
        }
      }
    }

    @Test func `a secret of 15 bytes is refused`() {
      #expect(throws: KeyError.secretTooShort(keyID: "", bytes: 15)) {
        try LegacyIssuer(
          issuer: LegacyToken.issuer, secret: Array(repeating: 7, count: 15), clock: .system)
      }
    }

    @Test func `a token counts once, by its jti or by its signature`() async throws {
      try await Deployment.run { deployment in
        let now = deployment.clock.now.secondsSinceEpoch
        let named = LegacyToken.refresh(#""iat":\#(now),"jti":"one""#)
        let sameName = LegacyToken.refresh(#""iat":\#(now - 1),"jti":"one""#)
        let unnamed = LegacyToken.refresh(#""iat":\#(now)"#)
        let otherUnnamed = LegacyToken.refresh(#""iat":\#(now - 1)"#)
        for (token, refusal) in [
          (named, nil), (named, "superseded"), (sameName, "superseded"), (unnamed, nil),
          (unnamed, "superseded"), (otherUnnamed, nil),
        ] {
          let answer = try await deployment.exchange(token)
          #expect(answer.status == (refusal == nil ? 200 : 400))
          #expect(answer.refusal == refusal)
        }
        #expect(try await deployment.store.sessionIDs(of: "1001").count == 3)
      }
    }

    @Test func `twenty exchanges of one token at once open one session`() async throws {
      try await Deployment.run { deployment in
        let token = LegacyToken.refresh(
          #""iat":\#(deployment.clock.now.secondsSinceEpoch),"jti":"one""#)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          for _ in 1...20 {
            group.addTask { try await deployment.exchange(token).status }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200] + Array(repeating: 400, count: 19))
        #expect(try await deployment.store.sessionIDs(of: "1001").count == 1)
      }
    }

    @Test func `a token isn't used up if its session couldn't be stored`() async throws {
      try await Deployment.run { deployment in
        let (_, record) = try deployment.authority.openSession(subject: "1001")
        let (_, other) = try deployment.authority.openSession(subject: "1001")
        let (store, end) = (deployment.store, NumericDate.maximum)
        #expect(try await store.insert(record, expiresAt: end, exchangedFor: "one"))
        await #expect(throws: (any Error).self) {
          _ = try await store.insert(record, expiresAt: end, exchangedFor: "two")
        }
        #expect(try await store.insert(other, expiresAt: end, exchangedFor: "two"))
      }
    }

    @Test(arguments: [
      #""iat":SIGNED_IN"#, #""iat":NOW,"auth_time":SIGNED_IN"#, #""auth_time":SIGNED_IN"#,
    ])
    func `a sign-in older than refreshTTL is refused, and its token isn't used up`(
      members: String
    ) async throws {
      try await Deployment.run { deployment in
        let now = deployment.clock.now
        let signedInAt = now - .days(365) + .seconds(1)
        let token = LegacyToken.refresh(
          members.replacing("SIGNED_IN", with: "\(signedInAt.secondsSinceEpoch)")
            .replacing("NOW", with: "\(now.secondsSinceEpoch)"))
        deployment.clock.advance(by: .seconds(1))
        let answer = try await deployment.exchange(token)
        #expect(answer.status == 400)
        #expect(answer.refusal == "window_closed")
        #expect(try await deployment.store.sessionIDs(of: "1001").isEmpty)
        deployment.clock.advance(by: .seconds(-1))
        let tokens = try await deployment.exchange(token).tokens()
        #expect(tokens.expiresIn == .seconds(1))
        #expect(tokens.refreshTokenExpiresIn == .seconds(1))
      }
    }

    @Test(arguments: [
      (#"{"iss":"https://old.example.com","sub":"1001","token_type":"refresh","iat":1}"#, nil),
      (#"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh","iat":90000}"#, nil),
      (#"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh"}"#, "malformed"),
      (
        #"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh","iat":1,"auth_time":"1"}"#,
        "malformed"
      ),
      (
        #"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh","iat":1,"auth_time":-1}"#,
        "malformed"
      ),
      (#"{"iss":"https://old.example.com","sub":1.5,"token_type":"refresh","iat":1}"#, "malformed"),
      (#"{"iss":"https://old.example.com","token_type":"refresh","iat":1}"#, "malformed"),
      (
        #"{"iss":"https://other.example.com","sub":1001,"token_type":"refresh","iat":1}"#,
        "malformed"
      ),
      (#"{"sub":1001,"token_type":"refresh","iat":1}"#, "malformed"),
      (
        #"{"iss":"https://old.example.com","sub":1001,"token_type":"access","iat":1}"#,
        "wrong_token"
      ),
      (#"{"iss":"https://old.example.com","sub":1001,"iat":1}"#, "wrong_token"),
      (#"{"iss":"https://old.example.com","sub":1002,"token_type":"refresh","iat":1}"#, "revoked"),
      (
        #"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh","iat":1,"exp":86400}"#,
        "expired"
      ),
    ])
    func `a token is exchanged, or refused for its claims`(payload: String, refusal: String?)
      async throws
    {
      try await Deployment.run { deployment in
        // A day after the sign-in of 1970-01-01T00:00:01.
        deployment.clock.advance(by: NumericDate(clamping: 86_400) - deployment.clock.now)
        let answer = try await deployment.exchange(LegacyToken.sign(payload))
        #expect(answer.status == (refusal == nil ? 200 : 400))
        #expect(answer.refusal == refusal)
      }
    }

    @Test func `other algorithms, tokens of this server and other texts are refused`()
      async throws
    {
      try await Deployment.run { deployment in
        let payload =
          #"{"iss":"https://old.example.com","sub":1001,"token_type":"refresh","iat":1}"#
        let ours = try await deployment.signedInPhone().refreshToken
        for token in [
          LegacyToken.sign(payload, header: #"{"alg":"none"}"#),
          LegacyToken.sign(payload, header: #"{"alg":"HS512","typ":"JWT"}"#),
          try #require(ours), "a.b.c", "",
        ] {
          let answer = try await deployment.exchange(token)
          #expect(answer.status == 400)
          #expect(answer.refusal == "malformed")
        }
      }
    }

    @Test func `after the end of the exchange every token is refused definitively`() async throws {
      try await Deployment.run { deployment in
        let accounts = try #require(deployment.accounts)
        let sessions = Sessions(
          authority: deployment.authority, store: deployment.store, accounts: accounts)
        let router = SignInServer(sessions: sessions, accounts: accounts).router
        try Exchange(sessions: sessions, legacy: nil).addRoute(to: router)
        let server = try await LocalServer(router)
        defer { server.stop() }
        let token = LegacyToken.refresh(#""iat":\#(deployment.clock.now.secondsSinceEpoch)"#)
        let answer = try await RefreshCall.answer(
          of: server.url.appending(path: "exchange"), to: "token=\(token)")
        #expect(answer.status == 400)
        #expect(answer.refusal == "expired")
      }
    }
  }
}

extension Deployment {
  fileprivate func exchange(_ token: String) async throws -> RefreshCall.Answer {
    try await RefreshCall.answer(of: signInURL.appending(path: "exchange"), to: "token=\(token)")
  }
}
