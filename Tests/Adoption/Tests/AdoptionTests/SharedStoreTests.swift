// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Synchronization
import Testing

@testable import API
@testable import App

extension AdoptionTests {
  /// Two processes of an app, such as the app and an extension, on one store with one lock.
  @Suite struct SharedStoreTests {
    @Test func `two processes refresh at the same moment, and stay signed in`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone(lock: deployment.lock)
        for _ in 1...5 {
          deployment.clock.advance(by: .days(1))
          let app = try await first.relaunched()
          let widget = try await first.relaunched()
          async let one = app.subscription()
          async let other = widget.subscription()
          #expect(try await [one, other] == [Deployment.subscription, Deployment.subscription])
        }
        let record = try await deployment.record(of: first.refreshToken)
        #expect(record.generation == 5)
        #expect(record.revocationReason == nil)
      }
    }

    @Test func `a call of tell inside store work doesn't hang`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone(lock: deployment.lock)
        deployment.clock.advance(by: .days(1))
        let keychain = AskedKeychain(first.keychain)
        let session = try AppSession(
          transport: first.transport, keychain: keychain, lock: deployment.lock,
          clock: deployment.clock.wallClock)
        keychain.onRead { [session] in
          await session.tell(.timePassed)
          await session.tell(.retryRequested)
          return nil
        }
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: session)
        #expect(try await phone.subscription() == Deployment.subscription)
        #expect(deployment.gateway.refreshes.count == 1)
      }
    }

    @Test func `another user signs in through the other process`() async throws {
      try await Deployment.run { deployment in
        let app = try await deployment.signedInPhone(lock: deployment.lock)
        let replaced = app.refreshToken
        let widget = try await app.relaunched()
        try await widget.signIn(as: "bruno", password: "battery-staple")

        deployment.clock.advance(by: .minutes(20))
        // A request of one user isn't sent for the other.
        await #expect(throws: CancellationError.self) { try await app.subscription() }
        #expect(try await app.subscription() == Subscription(subject: "bruno", plan: "none"))
        var names: [String] = []
        for await effects in app.session.updates {
          if case .sessionInUse(let name)? = effects.first { names.append(name) }
          if names.count == 2 { break }
        }
        #expect(names[0] != names[1])
        // The session that was replaced has ended at the server.
        try await eventually {
          try await deployment.record(of: replaced).revocationReason == .signedOut
        }
        let relaunched = try await app.relaunched()
        #expect(try await relaunched.subscription().subject == "bruno")
      }
    }

    @Test func `a sign-out before the store was read ends the session in it`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone(lock: deployment.lock)
        let token = first.refreshToken
        deployment.clock.advance(by: .days(1))
        let keychain = AskedKeychain(first.keychain)
        keychain.onRead { .locked }
        let session = try AppSession(
          transport: first.transport, keychain: keychain, lock: deployment.lock,
          clock: deployment.clock.wallClock)
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: session)
        await phone.tell(.signedOutByUser)
        #expect(try await phone.signInReason() == .signedOutByUser)
        #expect(phone.refreshToken == token)

        keychain.onRead(nil)
        deployment.clock.advance(by: .seconds(5))
        await phone.tell(.timePassed)
        #expect(phone.keychain.read() == .empty)
        try await eventually {
          try await deployment.record(of: token).revocationReason == .signedOut
        }
      }
    }

    @Test
    func `a lock that another process keeps is waited for, and then the store counts as locked`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let lock = FileLock(path: deployment.lock.path, patience: .milliseconds(50))
        let (freed, free) = AsyncStream<Void>.makeStream()
        let (held, hold) = AsyncStream<Void>.makeStream()
        let other = Task {
          await lock.hold { _ in
            hold.finish()
            for await _ in freed {}
          }
        }
        for await _ in held {}
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock, lock: lock)
        await #expect(throws: Offline.self) { try await phone.subscription() }
        #expect(await phone.session.readStore() == .locked)

        free.finish()
        await other.value
        #expect(await phone.session.readStore() == first.keychain.read())
        await phone.tell(.timePassed)
        #expect(try await phone.subscription() == Deployment.subscription)
      }
    }

    @Test func `a look into the store waits for the store work before it`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let keychain = AskedKeychain(first.keychain)
        let (freed, free) = AsyncStream<Void>.makeStream()
        let started = Mutex(0)
        keychain.onRead {
          if started.withLock({ count in (count, count += 1).0 }) == 0 { for await _ in freed {} }
          return nil
        }
        let session = try AppSession(
          transport: first.transport, keychain: keychain, clock: deployment.clock.wallClock)
        await session.tell(.launched)
        try await eventually { started.withLock { $0 } == 1 }
        let look = Task { await session.readStore() }
        try await Task.sleep(for: .milliseconds(100))
        #expect(started.withLock { $0 } == 1)
        free.finish()
        #expect(await look.value == first.keychain.read())
      }
    }

    @Test func `store work is done one piece after another, even after a timeout`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let keychain = AskedKeychain(first.keychain)
        let (started, start) = AsyncStream<Void>.makeStream()
        let (freed, free) = AsyncStream<Void>.makeStream()
        let count = Mutex(0)
        keychain.onRead {
          let number = count.withLock { count in
            count += 1
            return count
          }
          if number == 1 {
            start.finish()
            for await _ in freed {}
          }
          return nil
        }
        let session = try AppSession(
          transport: first.transport, keychain: keychain, clock: deployment.clock.wallClock)
        await session.tell(.launched)
        for await _ in started {}
        // The machine stops waiting and asks again; the store doesn't begin that work before.
        deployment.clock.advance(by: .seconds(61))
        await session.tell(.timePassed)
        try await Task.sleep(for: .milliseconds(50))
        #expect(count.withLock { $0 } == 1)

        free.finish()
        let answer = try await session.authorized { (200, $0) }
        #expect(answer.status == 200)
        #expect(count.withLock { $0 } == 2)
      }
    }
  }
}
