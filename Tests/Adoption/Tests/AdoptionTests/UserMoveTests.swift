// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Synchronization
import Testing

@testable import API
@testable import App
@testable import SignIn

extension AdoptionTests {
  @Suite struct UserMoveTests {
    @Test func `a user of the earlier version is signed in, and the old token is erased`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        #expect(try await phone.signInReason() == .neverSignedIn)
        try await phone.move(oldToken).run()
        #expect(try await phone.subscription().subject == "1001")
        #expect(oldToken.read() == .empty)
        #expect(deployment.gateway.paths == ["/exchange"])

        deployment.clock.advance(by: .days(1))
        let again = try await phone.relaunched()
        try await again.move(oldToken).run()
        #expect(try await again.subscription().subject == "1001")
        #expect(deployment.gateway.paths == ["/exchange", "/token"])
      }
    }

    @Test func `offline the app keeps trying, more and more slowly, and keeps the old token`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        deployment.gateway.setOutOfReach(true)
        let pauses = Mutex<[Duration]>([])
        try await phone.move(oldToken) { pause in
          #expect(oldToken.read() != .empty)
          deployment.clock.advance(by: pause)
          let count = pauses.withLock { pauses in
            pauses.append(pause)
            return pauses.count
          }
          if count == 10 { deployment.gateway.setOutOfReach(false) }
        }.run()
        #expect(try await phone.subscription().subject == "1001")
        for (pause, maximum) in zip(
          pauses.withLock { $0 }, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        {
          #expect((.seconds(maximum) / 2)...(.seconds(maximum)) ~= pause)
        }
        #expect(pauses.withLock { $0.count } == 10)
      }
    }

    @Test(arguments: [("120", 120), ("86400", 900)])
    func `the app waits as long as the server requests, up to 15 minutes`(
      field: String, seconds: Int64
    ) async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        deployment.gateway.expect(
          .answer(status: 503, fields: ["Retry-After": field], body: ""))
        try await phone.move(oldToken) { pause in #expect(pause == .seconds(seconds)) }.run()
        #expect(try await phone.subscription().subject == "1001")
        #expect(deployment.gateway.paths == ["/exchange", "/exchange"])
      }
    }

    @Test func `after a refusal the user signs in, and only then the old token is erased`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now - .days(366))
        try await phone.move(oldToken).run()
        #expect(try await phone.signInReason() == .neverSignedIn)
        #expect(oldToken.read() != .empty)

        try await phone.signIn()
        let next = try await phone.relaunched()
        try await next.move(oldToken).run()
        #expect(oldToken.read() == .empty)
        #expect(try await next.subscription() == Deployment.subscription)
        #expect(deployment.gateway.paths == ["/exchange", "/sign-in"])
      }
    }

    @Test
    func `if the store can't be written, the old token is kept until a launch finds the session`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        let keychain = UnwritableKeychain(first.keychain)
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: AppSession(
            transport: first.transport, keychain: keychain, clock: first.clock.wallClock))
        try await phone.move(oldToken).run()
        #expect(try await phone.subscription().subject == "1001")
        #expect(oldToken.read() != .empty)

        keychain.makeWritable()
        deployment.clock.advance(by: .seconds(10))
        await phone.tell(.timePassed)
        await phone.session.finishStoreWork()
        let next = try await phone.relaunched()
        try await next.move(oldToken).run()
        #expect(oldToken.read() == .empty)
        #expect(try await next.subscription().subject == "1001")
        #expect(deployment.gateway.paths == ["/exchange"])
      }
    }

    @Test func `the app waits for a locked item, and sends nothing meanwhile`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now, isLocked: true)
        try await phone.move(oldToken) { _ in
          #expect(deployment.gateway.paths.isEmpty)
          oldToken.unlock()
        }.run()
        #expect(try await phone.subscription().subject == "1001")
      }
    }

    @Test func `with a store that can't be parsed the user signs in`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        #expect(phone.keychain.write(Array("no session".utf8)))
        let oldToken = TestOldToken(at: deployment.clock.now)
        try await phone.move(oldToken).run()
        #expect(oldToken.read() != .empty)
        #expect(deployment.gateway.paths.isEmpty)
      }
    }

    @Test func `without an old token no request is sent`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        oldToken.erase()
        try await phone.move(oldToken).run()
        #expect(try await phone.signInReason() == .neverSignedIn)
        #expect(deployment.gateway.paths.isEmpty)
      }
    }

    @Test func `a cancelled move ends and keeps the old token`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let oldToken = TestOldToken(at: deployment.clock.now)
        deployment.gateway.setOutOfReach(true)
        let move = UserMove(
          session: phone.session, transport: phone.transport, oldToken: oldToken)
        let task = Task { try await move.run() }
        try await eventually { !deployment.gateway.paths.isEmpty }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(oldToken.read() != .empty)
      }
    }
  }
}

extension Phone {
  fileprivate func move(
    _ oldToken: TestOldToken,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in
      Issue.record("it needs no second try")
    }
  ) -> UserMove {
    UserMove(session: session, transport: transport, oldToken: oldToken, sleep: sleep)
  }
}

/// The item of the app's earlier version, with a token of user 1001.
private final class TestOldToken: OldToken {
  private let reading: Mutex<OldTokenReading>
  private let token: String

  init(at signedInAt: NumericDate, isLocked: Bool = false) {
    token = LegacyToken.refresh(#""iat":\#(signedInAt.secondsSinceEpoch),"jti":"one""#)
    reading = Mutex(isLocked ? .locked : .found(token))
  }

  func read() -> OldTokenReading { reading.withLock { $0 } }

  func erase() { reading.withLock { $0 = .empty } }

  func unlock() { reading.withLock { $0 = .found(token) } }
}
