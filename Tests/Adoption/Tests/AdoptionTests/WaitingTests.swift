// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization
import Testing

@testable import App

extension AdoptionTests {
  /// Requests that wait for an access token, without a server.
  @Suite struct WaitingTests {
    @Test func `a waiting request that is cancelled ends at once`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let session = try AppSession(transport: phone.transport, keychain: phone.keychain)
        let cancelled = Task { try await session.authorized { (200, $0) }.body }
        let patient = Task { try await session.authorized { (200, $0) }.body }
        try await Task.sleep(for: .milliseconds(50))
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }

        let tokens = try await phone.transport.tokens(user: "amelie", password: "correct-horse")
        await session.tell(.signedIn(tokens))
        #expect(try await patient.value == tokens.accessToken)
      }
    }

    @Test func `a request in a cancelled task doesn't wait`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let session = try AppSession(transport: phone.transport, keychain: phone.keychain)
        let request = Task {
          try? await Task.sleep(for: .seconds(60))
          return try await session.authorized { (200, $0) }.body
        }
        request.cancel()
        await #expect(throws: CancellationError.self) { try await request.value }
      }
    }

    @Test func `a token that ends between two readings of the clock keeps no request waiting`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let isLastSecond = Mutex(false)
        let start = deployment.clock.now
        let clock = deployment.clock
        let session = try AppSession(
          transport: phone.transport, keychain: phone.keychain,
          clock: WallClock {
            defer { if isLastSecond.withLock({ $0 }) { clock.advance(by: .seconds(1)) } }
            return clock.now
          })
        await session.tell(.launched)
        // A token that ends with its session isn't renewed early, so that there is no other event.
        let answer =
          #"{"access_token":"a.b.c","token_type":"Bearer","expires_in":900,"#
          + #""refresh_token":"d.e.f","refresh_token_expires_in":900}"#
        await session.tell(.signedIn(try TokenResponse(parsing: answer.utf8)))
        await session.finishStoreWork()
        deployment.clock.advance(by: .seconds(899))
        isLastSecond.withLock { $0 = true }
        #expect(try await session.authorized { (200, $0) }.body == "a.b.c")
        #expect(deployment.clock.now > start + .seconds(899))
      }
    }

    @Test func `a request of one session is not sent again in another`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let others = try await phone.transport.tokens(user: "bruno", password: "battery-staple")
        let asked = Mutex<[String]>([])
        await #expect(throws: CancellationError.self) {
          try await phone.session.authorized { accessToken in
            asked.withLock { $0.append(accessToken) }
            await phone.session.tell(.signedIn(others))
            return (401, "no")
          }
        }
        #expect(asked.withLock { $0 }.count == 1)
        #expect(try await phone.session.authorized { (200, $0) }.body == others.accessToken)
      }
    }

    @Test(arguments: [true, false])
    func `a request that waits in one session is not sent in another`(
      isLaunched: Bool
    ) async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        deployment.gateway.expect(.hangingRequest)
        let session = try AppSession(
          transport: phone.transport, keychain: phone.keychain, clock: deployment.clock.wallClock)
        if isLaunched { await session.tell(.launched) }
        let request = Task { try await session.authorized { (200, $0) }.body }
        try await Task.sleep(for: .milliseconds(50))
        if !isLaunched { await session.tell(.launched) }
        try await eventually { deployment.gateway.paths.last == "/token" }

        let others = try await phone.transport.tokens(user: "bruno", password: "battery-staple")
        await session.tell(.signedIn(others))
        await #expect(throws: CancellationError.self) { try await request.value }
      }
    }

    @Test func `a request after a sign-in belongs to the new session`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let others = try await phone.transport.tokens(user: "bruno", password: "battery-staple")
        await phone.session.tell(.signedOutByUser)
        await phone.session.tell(.signedIn(others))
        #expect(try await phone.session.authorized { (200, $0) }.body == others.accessToken)
      }
    }

    @Test func `a process that waits for its work has saved the new tokens`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let token = phone.refreshToken
        deployment.clock.advance(by: .days(1))
        let session = try AppSession(
          transport: phone.transport, keychain: phone.keychain, clock: deployment.clock.wallClock)
        await session.tell(.launched)
        await session.finishWork()
        #expect(try await deployment.record(of: phone.refreshToken).generation == 1)
        #expect(phone.refreshToken != token)
      }
    }

    @Test func `a second 401 is returned as it came, after one refresh`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        deployment.clock.advance(by: .minutes(5))
        let asked = Mutex<[String]>([])
        let answer = try await phone.session.authorized { accessToken in
          asked.withLock { $0.append(accessToken) }
          return (401, "no")
        }
        #expect(answer == (401, "no"))
        #expect(Set(asked.withLock { $0 }).count == 2)
        #expect(deployment.gateway.refreshes.count == 1)
      }
    }
  }
}
