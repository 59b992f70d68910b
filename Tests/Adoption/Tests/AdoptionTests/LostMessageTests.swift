// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  @Suite struct LostMessageTests {
    @Test(arguments: [0, 1, 200])
    func `a truncated response comes again, byte for byte`(byteCount: Int) async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let token = first.refreshToken
        deployment.clock.advance(by: .minutes(20))
        deployment.gateway.expect(.lostResponse(afterByteCount: byteCount))
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(try await deployment.record(of: token).generation == 1)
        #expect(phone.refreshToken == token)

        let relaunched = try await phone.relaunched()
        #expect(try await relaunched.subscription() == Deployment.subscription)
        let answers = deployment.gateway.refreshes
        #expect(answers.count == 2)
        #expect(answers.first == answers.last)
        #expect(try await deployment.record(of: token).generation == 1)
      }
    }

    @Test func `a lost response is repeated a day later`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .minutes(20))
        deployment.gateway.expect(.lostResponse(afterByteCount: 0))
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }

        deployment.clock.advance(by: .days(1))
        #expect(try await phone.relaunched().subscription() == Deployment.subscription)
        let tokens = try deployment.gateway.refreshes.map {
          try TokenResponse(parsing: $0.body.utf8)
        }
        // The repeated access token had expired meanwhile, so the app refreshed once more.
        #expect(tokens.count == 3)
        #expect(tokens[0].refreshToken == tokens[1].refreshToken)
        #expect(tokens[0].accessToken == tokens[1].accessToken)
        #expect(tokens[1].refreshToken != tokens[2].refreshToken)
      }
    }

    @Test func `a lost request is sent again by the same app`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .minutes(20))
        deployment.gateway.expect(.lostRequest)
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(deployment.gateway.refreshes.isEmpty)

        deployment.clock.advance(by: .minutes(10))
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.count == 1)
      }
    }

    @Test func `a late copy of an answered request gets no tokens and does no harm`() async throws {
      try await Deployment.run { deployment in
        let token = try #require(try await deployment.signedInPhone().refreshToken)
        let first = RefreshCall(
          server: deployment.signInURL, refreshToken: token, idempotencyKey: "key-of-a-client-00")
        let next = try TokenResponse(parsing: try await first.answer().body.utf8)
        let second = RefreshCall(
          server: deployment.signInURL, refreshToken: try #require(next.refreshToken),
          idempotencyKey: "key-of-a-client-01")
        #expect(try await second.answer().status == 200)

        let late = try await first.answer()
        #expect(late.status == 400)
        #expect(late.refusal == Refusal.Code.superseded.rawValue)
        let record = try await deployment.record(of: token)
        #expect(record.generation == 2)
        #expect(record.revocationReason == nil)
      }
    }
  }
}
