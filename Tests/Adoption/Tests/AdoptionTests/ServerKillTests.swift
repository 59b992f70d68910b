// SPDX-License-Identifier: Apache-2.0

import GRDB
import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct ServerKillTests {
    @Test func `a commit waits until it is on the disk`() async throws {
      let directory = try TemporaryDirectory()
      defer { directory.remove() }
      let store = try SessionStore(path: directory.database)
      let synchronous = try await store.database.writeWithoutTransaction {
        try Int.fetchOne($0, sql: "PRAGMA synchronous")
      }
      #expect(synchronous == 2)  // FULL
    }

    @Test
    func `a server killed between its commit and its response answers the same after a restart`()
      async throws
    {
      try await Deployment.runProcesses(count: 1) { deployment, instances in
        let first = try await deployment.signedInPhone()
        let token = first.refreshToken
        deployment.clock.advance(by: .minutes(20))
        deployment.gateway.expect(.lostResponse(afterByteCount: 0))
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }
        instances[0].kill()
        #expect(try await deployment.record(of: token).generation == 1)

        let restarted = try instances[0].restarted()
        defer { restarted.kill() }
        deployment.gateway.redirect(to: restarted.url)
        #expect(try await phone.relaunched().subscription() == Deployment.subscription)
        let tokens = try deployment.gateway.refreshes.map {
          try TokenResponse(parsing: $0.body.utf8)
        }
        #expect(tokens.count == 2)
        #expect(tokens[0].refreshToken == tokens[1].refreshToken)
        #expect(tokens[0].accessToken == tokens[1].accessToken)
        #expect(try await deployment.record(of: token).generation == 1)
      }
    }

    @Test func `a server killed at any moment of a refresh signs nobody out`() async throws {
      try await Deployment.runProcesses(count: 1) { deployment, instances in
        var server = instances[0]
        defer { server.kill() }
        var phone = try await deployment.signedInPhone()
        for milliseconds in [0, 1, 2, 3, 5, 8, 13] {
          deployment.clock.advance(by: .minutes(20))
          let launching = phone
          async let relaunched = launching.relaunched()
          try await Task.sleep(for: .milliseconds(milliseconds))
          server.kill()
          phone = try await relaunched
          _ = try? await phone.subscription()

          server = try server.restarted()
          deployment.gateway.redirect(to: server.url)
          phone = try await phone.relaunched()
          #expect(try await phone.subscription() == Deployment.subscription)
          #expect(try await deployment.record(of: phone.refreshToken).revocationReason == nil)
        }
      }
    }
  }
}
