// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// What the actor needs of an HTTP client.
protocol Transport: Sendable {
  /// Posts to the refresh endpoint once, with the `Idempotency-Key` field;
  /// `unreachable` without a response.
  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  /// Tells the sign-in server that a session has ended.
  @concurrent func revoke(refreshToken: String) async
}

/// What the actor needs of a keychain: one item of bytes.
///
/// `write` updates the item and never deletes it first. Both return false when
/// they failed.
protocol Keychain: Sendable {
  @concurrent func read() async -> StoredSession.Reading
  @concurrent func write(_ bytes: [UInt8]) async -> Bool
  @concurrent func delete() async -> Bool
}

/// A lock of the processes that share the item, such as an app and its
/// extensions.
protocol ProcessLock: Sendable {
  /// Runs `work` while it holds the lock, or without it when some other process
  /// has kept it for too long.
  @concurrent func hold(_ work: @Sendable (_ isHeld: Bool) async -> Void) async
}

/// The user has to sign in.
struct SignInNeeded: Error {
  let reason: SessionRestoration.SignInReason
}

/// There is a session, but no access token for now: show what is cached.
struct Offline: Error {}

/// The session of the app's user.
actor AppSession {
  typealias Machine = SessionRestoration

  /// What a server answered to a request.
  typealias Answer<Body> = (status: Int, body: Body)

  /// The effects that an app shows (`sessionInUse`, `stateChanged` and
  /// `accessRenewed`), those of one event together.
  nonisolated let updates: AsyncStream<[Machine.Effect]>

  private let update: AsyncStream<[Machine.Effect]>.Continuation
  private var machine: Machine
  private let transport: any Transport
  private let keychain: any Keychain
  private let lock: (any ProcessLock)?
  private let clock: WallClock
  private var wake: Task<Void, any Error>?

  /// The session that was in use last.
  private var sessionName: String?

  /// The refresh request that was sent last.
  private var attempt: Attempt?

  /// The store work that was given last; each begins when the one before it has
  /// ended.
  private var storeWork: Task<Void, Never>?

  /// The requests that wait for an access token.
  private var waiting: [AsyncStream<Void>.Continuation] = []

  /// Creates a session that waits for `launched`.
  ///
  /// Give a lock when other processes of the app use the same item. A
  /// configuration of your own then has to say `sharesStore: true`.
  init(
    transport: any Transport, keychain: any Keychain,
    lock: (any ProcessLock)? = nil,
    configuration: Machine.Configuration? = nil, clock: WallClock = .system
  ) throws {
    machine = try Machine(
      configuration: configuration ?? .init(sharesStore: lock != nil))
    (updates, update) = AsyncStream.makeStream()
    (self.transport, self.keychain) = (transport, keychain)
    (self.lock, self.clock) = (lock, clock)
  }

  /// Sends the machine an event, and waits for nothing.
  ///
  /// `retryRequested` also ends a refresh request that hangs.
  func tell(_ event: Machine.Event) { tell(event, at: clock.now) }

  /// Returns when the store work given so far has ended.
  func finishStoreWork() async { await storeWork?.value }

  /// Returns when the refresh request under way and the store work before and
  /// after it have ended: keep a process that the system is about to suspend
  /// running until then.
  func finishWork() async {
    await finishStoreWork()
    await attempt?.task.value
    await finishStoreWork()
  }

  private func tell(_ event: Machine.Event, at now: NumericDate) {
    if event == .retryRequested { attempt?.endIfHanging() }
    // Requests from now on are of the session that comes.
    if case .signedIn = event { sessionName = nil }
    guard let first = handle(event, at: now) else { return }
    storeWork = Task { [storeWork] in
      await storeWork?.value
      guard let lock else { return await work(first, isLockHeld: true) }
      await lock.hold { await self.work(first, isLockHeld: $0) }
    }
  }

  /// Does store work and what comes of it: a reading, and the save or erase
  /// that follows from it, are one step under the lock.
  private func work(_ first: Machine.Effect, isLockHeld: Bool) async {
    var next: Machine.Effect? = first
    while let effect = next {
      let answer = await keychain.perform(effect, isLockHeld: isLockHeld)
      next = answer.flatMap { handle($0, at: clock.now) }
    }
  }

  /// Performs the effects of an event, except the store work, which it returns.
  private func handle(
    _ event: Machine.Event, at now: NumericDate
  ) -> Machine.Effect? {
    var (shown, storeWork): ([Machine.Effect], Machine.Effect?) = ([], nil)
    for effect in machine.handle(event, at: now) {
      switch effect {
      case .sessionInUse, .stateChanged, .accessRenewed: shown.append(effect)
      case .wake(let delay):
        wake?.cancel()
        wake = Task {
          try await Task.sleep(for: delay)
          tell(.timePassed)
        }
      case .sendRevocation(let refreshToken):
        Task { await transport.revoke(refreshToken: refreshToken) }
      case .readStore, .save, .erase: storeWork = effect
      case .refresh(let request, let ticket):
        attempt = Attempt {
          let answer = await self.transport.perform(request, by: self.clock)
          await self.tell(.answered(ticket, answer))
        }
      }
    }
    for case .sessionInUse(let name) in shown { sessionName = name }
    guard !shown.isEmpty else { return storeWork }
    update.yield(shown)
    while let request = waiting.popLast() { request.finish() }
    return storeWork
  }
}

// MARK: - A look into the store

extension AppSession {
  /// Reads the keychain when the store work given so far has ended, and under
  /// the lock; `locked` if the lock can't be had, or the caller is cancelled.
  func readStore() async -> StoredSession.Reading {
    let (readings, reading) = AsyncStream<StoredSession.Reading>.makeStream()
    storeWork = Task { [storeWork, keychain] in
      await storeWork?.value
      if let lock {
        await lock.hold { reading.yield($0 ? await keychain.read() : .locked) }
      } else {
        reading.yield(await keychain.read())
      }
      reading.finish()
    }
    return await readings.first { _ in true } ?? .locked
  }
}

// MARK: - Requests with the access token

extension AppSession {
  /// Sends a request with the access token; a 401 refreshes the session and is
  /// tried once more.
  ///
  /// It waits for a refresh that is under way, unless its task is cancelled. A
  /// request that began in one session is never sent in another.
  ///
  /// - Throws: `SignInNeeded`; `Offline`; `CancellationError`, also where
  ///   another session has begun; the errors of `send`.
  func authorized<Body: Sendable>(
    _ send: @Sendable (_ accessToken: String) async throws -> Answer<Body>
  ) async throws -> Answer<Body> {
    var name = sessionName
    let accessToken = try await accessToken(of: &name)
    let response = try await send(accessToken)
    guard response.status == 401 else { return response }
    tell(.accessRefused(accessToken: accessToken))
    return try await send(self.accessToken(of: &name))
  }

  /// Returns the access token of a session; without a name, of the first that
  /// comes, which sets the name.
  private func accessToken(of name: inout String?) async throws -> String {
    while true {
      // One look at the clock for both: the token may be in its last second.
      let now = clock.now
      tell(.timePassed, at: now)
      name = name ?? sessionName
      guard name == sessionName else { throw CancellationError() }
      switch (machine.access(at: now), machine.state) {
      case (.attach(let accessToken), _): return accessToken
      case (.signIn(let reason), _): throw SignInNeeded(reason: reason)
      case (.wait, .storeLocked): throw Offline()
      // From `retryAt` on an attempt is under way: it may bring the token.
      case (.wait, .suspended(let it)) where it.retryAt > now: throw Offline()
      case (.wait, _): try await nextUpdate()
      }
    }
  }

  private func nextUpdate() async throws {
    let (change, continuation) = AsyncStream<Void>.makeStream()
    waiting.append(continuation)
    // Ends with the update, or when the task is cancelled.
    for await _ in change {}
    try Task.checkCancellation()
  }
}

// MARK: - Performing effects

/// A refresh request under way.
nonisolated private struct Attempt {
  let task: Task<Void, Never>
  private let start = ContinuousClock.now

  init(_ work: @escaping @Sendable () async -> Void) {
    task = Task { await work() }
  }

  /// Cancels the request once it has waited for 5 s.
  ///
  /// No sooner: the server may have taken the token, and only one that knows
  /// idempotency keys, such as this package's, gives the same answer again.
  func endIfHanging() {
    Task { [task, start] in
      try? await Task.sleep(until: start + .seconds(5))
      task.cancel()
    }
  }
}

extension Transport {
  /// Sends a refresh request; a process that was frozen up to here sends no old
  /// token.
  fileprivate func perform(
    _ request: SessionRestoration.RefreshRequest, by clock: WallClock
  ) async -> RefreshAnswer {
    clock.now < request.sendBefore ? await refresh(request) : .unreachable
  }
}

extension Keychain {
  /// Does one piece of store work, and says how it went; without the lock, that
  /// the item cannot be used now.
  fileprivate func perform(
    _ effect: SessionRestoration.Effect, isLockHeld: Bool
  ) async -> SessionRestoration.Event? {
    switch effect {
    case .readStore(let ticket):
      .storeRead(ticket, isLockHeld ? await read() : .locked)
    case .save(let session, let ticket):
      (isLockHeld ? await write(session.bytes) : false)
        ? .saved(ticket) : .saveFailed(ticket)
    case .erase(let ticket):
      (isLockHeld ? await delete() : false)
        ? .erased(ticket) : .eraseFailed(ticket)
    default: nil
    }
  }
}
