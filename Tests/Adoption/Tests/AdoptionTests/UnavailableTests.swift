// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Synchronization
import Testing

@testable import App

extension AdoptionTests {
  @Suite struct UnavailableTests {
    static let page = "<!doctype html><title>Something went wrong</title>"

    @Test(arguments: [
      Fault.answer(status: 500, fields: ["Content-Type": "text/html"], body: page),
      Fault.answer(status: 502, fields: [:], body: ""),
      Fault.answer(status: 503, fields: ["Retry-After": "30"], body: page),
      Fault.answer(status: 429, fields: ["Retry-After": "30"], body: #"{"error":"slow_down"}"#),
      Fault.answer(status: 400, fields: ["Content-Type": "text/html"], body: page),
      Fault.answer(status: 200, fields: ["Content-Type": "text/html"], body: page),
    ])
    func `a fault of the network signs nobody out`(fault: Fault) async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let token = first.refreshToken
        deployment.clock.advance(by: .days(1))
        deployment.gateway.expect(fault)
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(phone.refreshToken == token)

        deployment.clock.advance(by: .minutes(10))
        #expect(try await phone.subscription() == Deployment.subscription)
      }
    }

    @Test func `a server that answers only invalid_grant has refused`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        deployment.gateway.expect(
          .answer(status: 400, fields: [:], body: #"{"error":"invalid_grant"}"#))
        let phone = try await first.relaunched()
        let invalidGrant = Refusal.Code(rawValue: "invalid_grant")
        #expect(try await phone.signInReason() == .refused(invalidGrant))
        // The token stays in the store, marked, and isn't sent at the next launch.
        await phone.session.finishStoreWork()
        #expect(try await phone.relaunched().signInReason() == .refused(invalidGrant))
        #expect(deployment.gateway.paths == ["/sign-in", "/token"])
      }
    }

    @Test func `the app asks again at the time that the server requested, and no sooner`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        deployment.gateway.expect(.answer(status: 429, fields: ["Retry-After": "900"], body: ""))
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }

        deployment.clock.advance(by: .seconds(899))
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(deployment.gateway.refreshes.isEmpty)
        deployment.clock.advance(by: .seconds(1))
        #expect(try await phone.subscription() == Deployment.subscription)
      }
    }

    @Test func `after retryRequested the app is online within two seconds`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.gateway.setOutOfReach(true)
        // The app runs by the system's clock, which is days ahead of the stored session's.
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: AppSession(
            transport: first.transport, keychain: first.keychain,
            clock: WallClock { WallClock.system.now + .days(3_650) }))
        await #expect(throws: Offline.self) { try await phone.subscription() }
        // After four failures the app's own pause is 8 to 16 s long.
        for count in 2...4 {
          await phone.tell(.retryRequested)
          try await eventually { deployment.gateway.paths.count { $0 == "/token" } == count }
        }
        await #expect(throws: Offline.self) { try await phone.subscription() }

        deployment.gateway.setOutOfReach(false)
        let start = ContinuousClock.now
        await phone.tell(.retryRequested)
        try await eventually { (try? await phone.subscription()) == Deployment.subscription }
        #expect(ContinuousClock.now - start < .seconds(2))
      }
    }

    @Test(arguments: [Fault.hangingRequest, .hangingResponse])
    func `after retryRequested during a hanging request the app is online within two seconds`(
      fault: Fault
    ) async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phoneByTheSystemsClock(expecting: fault)
        try await Task.sleep(for: .seconds(5))
        let elapsed = try await ContinuousClock().measure {
          await phone.tell(.retryRequested)
          try await eventually { (try? await phone.subscription()) == Deployment.subscription }
        }
        #expect(elapsed < .seconds(2))
        #expect(deployment.gateway.paths == ["/sign-in", "/token", "/token"])
        #expect(Set(deployment.gateway.refreshes.map(\.body)).count == 1)
      }
    }

    @Test func `a request that began a moment ago has five seconds for its answer`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phoneByTheSystemsClock(expecting: .hangingRequest)
        let elapsed = try await ContinuousClock().measure {
          await phone.tell(.retryRequested)
          try await Task.sleep(for: .seconds(4.5))
          #expect(deployment.gateway.paths == ["/sign-in", "/token"])
          try await eventually { (try? await phone.subscription()) == Deployment.subscription }
        }
        #expect(elapsed < .seconds(7))
      }
    }

    @Test func `a process that was frozen before it sent the request doesn't send it`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        let keychain = AskedKeychain(first.keychain)
        let looks = Mutex<Int?>(nil)
        keychain.onRead {
          looks.withLock { $0 = $0 ?? 0 }
          return nil
        }
        let clock = WallClock { [clock = deployment.clock] in
          // The machine decides after the first reading of the clock; the second is before sending.
          let look = looks.withLock { looks in
            looks = looks.map { $0 + 1 }
            return looks
          }
          if look == 2 { clock.advance(by: .seconds(60)) }
          return clock.now
        }
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: AppSession(transport: first.transport, keychain: keychain, clock: clock))
        for await effects in phone.session.updates {
          guard
            case .stateChanged(.suspended(let suspension)) = effects.first(where: {
              if case .stateChanged = $0 { true } else { false }
            })
          else { continue }
          #expect(suspension.cause == .unreachable)
          break
        }
        #expect(deployment.gateway.paths == ["/sign-in"])
      }
    }

    @Test func `a request without an answer ends by itself`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        deployment.gateway.expect(.hangingRequest)
        let phone = try await Phone(
          transport: HTTPTransport(
            signInServer: deployment.gatewayURL, api: deployment.apiURL, report: { _ in },
            patience: 1),
          keychain: first.keychain, clock: deployment.clock)
        let elapsed = await ContinuousClock().measure {
          await #expect(throws: Offline.self) { try await phone.subscription() }
        }
        #expect(elapsed < .seconds(5))
      }
    }

    @Test(arguments: [302, 307])
    func `a redirect is not followed`(status: Int) async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(1))
        let elsewhere = deployment.gatewayURL.appending(path: "elsewhere").absoluteString
        deployment.gateway.expect(
          .answer(status: status, fields: ["Location": elsewhere], body: ""))
        let phone = try await first.relaunched()
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(deployment.gateway.paths == ["/sign-in", "/token"])
      }
    }
  }
}

extension Deployment {
  /// A phone that runs by the system's clock, days ahead of its stored session, and has just sent a
  /// refresh request, which has that fault.
  fileprivate func phoneByTheSystemsClock(expecting fault: Fault) async throws -> Phone {
    let first = try await signedInPhone()
    gateway.expect(fault)
    let phone = try await Phone(
      transport: first.transport, keychain: first.keychain, clock: first.clock,
      session: AppSession(
        transport: first.transport, keychain: first.keychain,
        clock: WallClock { WallClock.system.now + .days(3_650) }))
    try await eventually { gateway.paths.count == 2 }
    return phone
  }
}
