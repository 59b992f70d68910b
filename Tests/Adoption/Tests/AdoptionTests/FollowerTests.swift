// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  /// The screen that the app shows, and the user whose data it keeps.
  @Suite @MainActor struct FollowerTests {
    @Test func `the app shows the sign-in screen, its content, offline, and online again`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.phone()
        let display = Display(phone)
        try await phone.signIn()
        try await eventually { display.cache.subscription != nil }
        #expect(display.screens == [.signIn(.neverSignedIn), .app(offline: nil)])

        deployment.gateway.expect(.lostRequest)
        deployment.clock.advance(by: .minutes(20))
        await phone.tell(.timePassed)
        try await eventually { display.screens.count == 3 }
        deployment.clock.advance(by: .seconds(1))
        await phone.tell(.retryRequested)
        try await eventually { display.screens.last == .app(offline: nil) }
        // The app is never covered.
        let causes = display.screens[2..<(display.screens.count - 1)].map {
          screen -> SessionRestoration.Suspension.Cause? in
          if case .app(let offline) = screen { offline?.cause } else { nil }
        }
        #expect(Set(causes) == [.unreachable])
      }
    }

    @Test func `a launch with a refresh asks for the subscription once`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        deployment.clock.advance(by: .days(40))
        let display = Display(try await first.relaunched())
        try await eventually { display.cache.subscription != nil }
        #expect(display.screens == [.app(offline: nil)])
        #expect(display.queryCount == 1)
      }
    }

    @Test func `an answer for the previous user is dropped`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let display = Display(phone)
        try await eventually { display.cache.subscription != nil }
        let removals = display.cache.removals
        let late = await display.lateAnswer("for amelie")
        try await phone.signIn(as: "bruno", password: "battery-staple")
        try await eventually { display.cache.subscription?.contains("bruno") == true }
        #expect(display.cache.removals == removals + 1)
        await late.arrive()
        #expect(display.cache.subscription?.contains("bruno") == true)
      }
    }

    @Test func `a sign-out removes the data, and an answer after it is dropped`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let display = Display(phone)
        try await eventually { display.cache.subscription != nil }
        let late = await display.lateAnswer("for amelie")
        await phone.tell(.signedOutByUser)
        try await eventually { display.screens.last == .signIn(.signedOutByUser) }
        #expect(display.cache.subscription == nil)
        await late.arrive()
        #expect(display.cache.subscription == nil)
      }
    }

    @Test func `an answer for the current user is stored`() async throws {
      try await Deployment.run { deployment in
        let display = Display(try await deployment.signedInPhone())
        try await eventually { display.cache.subscription != nil }
        await display.lateAnswer("new").arrive()
        #expect(display.cache.subscription == "new")
      }
    }

    @Test func `data of another process's session is kept`() async throws {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let display = Display(phone)
        try await eventually { display.cache.subscription != nil }
        // An extension has signed another user in, and this process hasn't noticed.
        display.cache.sessionName = "another"
        display.cache.subscription = "for another"
        await display.lateAnswer("for amelie").arrive()
        #expect(display.cache.subscription == "for another")
        await phone.tell(.signedOutByUser)
        try await eventually { display.screens.last == .signIn(.signedOutByUser) }
        #expect(display.cache.subscription == "for another")
      }
    }

    @Test func `an answer for the previous user is dropped, whichever process labels the cache`()
      async throws
    {
      try await Deployment.run { deployment in
        let phone = try await deployment.signedInPhone()
        let display = Display(phone)
        try await eventually { display.cache.subscription != nil }
        let name = display.cache.sessionName
        let late = await display.lateAnswer("for amelie")
        try await phone.signIn(as: "bruno", password: "battery-staple")
        try await eventually { display.cache.subscription?.contains("bruno") == true }
        // An extension that hasn't noticed puts the name of its session back.
        display.cache.sessionName = name
        await late.arrive()
        #expect(display.cache.subscription != "for amelie")
      }
    }

    @Test func `a session that comes back after the sign-in screen gets its data again`()
      async throws
    {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let keychain = AskedKeychain(first.keychain)
        let phone = try await Phone(
          transport: first.transport, keychain: first.keychain, clock: first.clock,
          session: AppSession(
            transport: first.transport, keychain: keychain, clock: first.clock.wallClock))
        let display = Display(phone)
        try await eventually { display.cache.subscription != nil }
        keychain.onRead { .empty }
        deployment.clock.advance(by: .minutes(20))
        await phone.tell(.timePassed)
        deployment.clock.advance(by: .seconds(2))
        await phone.tell(.timePassed)
        try await eventually { display.screens.last == .signIn(.signedOutByUser) }
        #expect(display.cache.subscription == nil)

        keychain.onRead(nil)
        deployment.clock.advance(by: .seconds(1))
        await phone.tell(.timePassed)
        try await eventually { display.cache.subscription != nil }
        #expect(display.screens.last == .app(offline: nil))
      }
    }
  }
}

/// An app's screen and cache.
@MainActor private final class Display {
  let cache = TestCache()
  private(set) var screens: [Screen] = []
  private(set) var queryCount = 0
  private let follower: SessionFollower

  init(_ phone: Phone) {
    follower = SessionFollower(session: phone.session, cache: cache)
    Task { await follow(phone) }
  }

  private func follow(_ phone: Phone) async {
    await follower.run(show: { screens.append($0) }) { [self] in
      queryCount += 1
      try? await follower.fetch {
        try await phone.session.authorized { [transport = phone.transport] in
          try await transport.get("subscription", accessToken: $0)
        }
      } store: {
        cache.subscription = String(decoding: $0.body, as: UTF8.self)
      }
    }
  }

  /// A request that was just sent, and whose answer hasn't come.
  func lateAnswer(_ answer: String) async -> LateAnswer {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    let (sent, send) = AsyncStream<Void>.makeStream()
    let task = Task {
      await follower.fetch {
        send.finish()
        for await answer in stream { return answer }
        return nil
      } store: {
        cache.subscription = $0
      }
    }
    for await _ in sent {}
    return LateAnswer(answer: answer, continuation: continuation, task: task)
  }
}

private struct LateAnswer {
  let answer: String
  let continuation: AsyncStream<String>.Continuation
  let task: Task<Void, Never>

  /// The answer comes, and is stored or dropped.
  func arrive() async {
    continuation.yield(answer)
    await task.value
  }
}

@MainActor private final class TestCache: Cache {
  var sessionName: String?
  var subscription: String?
  private(set) var removals = 0

  func removeAll() {
    removals += 1
    subscription = nil
  }
}
