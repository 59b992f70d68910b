// SPDX-License-Identifier: Apache-2.0

// The app's session as an actor: it drives `SessionRestoration` with an HTTP client and a keychain.
//
// `swift run AppSession` exercises it against servers in memory.

import SessionTokens

// snippet.needs

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

// snippet.actor

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

  /// The effects that an app shows: `sessionInUse`, `stateChanged` and
  /// `accessRenewed`.
  nonisolated let updates: AsyncStream<Machine.Effect>

  private let update: AsyncStream<Machine.Effect>.Continuation
  private var machine: Machine
  private let transport: any Transport
  private let keychain: any Keychain
  private let lock: (any ProcessLock)?
  private var clock: WallClock
  private var wake: Task<Void, any Error>?

  /// The store work that was given last; each begins when the one before it has
  /// ended.
  private var storeWork: Task<Void, Never>?

  /// The requests that wait for an access token.
  private var waiting: [AsyncStream<Void>.Continuation] = []

  /// Give a lock when other processes of the app use the same item.
  init(
    transport: any Transport, keychain: any Keychain,
    lock: (any ProcessLock)? = nil, clock: WallClock = .system
  ) throws {
    machine = try Machine(configuration: .init(sharesStore: lock != nil))
    (updates, update) = AsyncStream.makeStream()
    (self.transport, self.keychain) = (transport, keychain)
    (self.lock, self.clock) = (lock, clock)
  }

  /// Tells the machine what happened, and waits for nothing.
  func tell(_ event: Machine.Event) { tell(event, at: clock.now) }

  /// Returns when the store work given so far has ended: keep a process that
  /// the system is about to suspend running until then.
  func finishStoreWork() async { await storeWork?.value }

  /// Sends a request with the access token; a 401 refreshes the session and is
  /// tried once more.
  ///
  /// It waits for a refresh that is under way, unless its task is cancelled.
  ///
  /// - Throws: `SignInNeeded`; `Offline`; `CancellationError`; the errors of
  ///   `send`.
  func authorized<Body: Sendable>(
    _ send: @Sendable (_ accessToken: String) async throws -> Answer<Body>
  ) async throws -> Answer<Body> {
    let accessToken = try await accessToken()
    let response = try await send(accessToken)
    guard response.status == 401 else { return response }
    tell(.accessRefused(accessToken: accessToken))
    return try await send(self.accessToken())
  }

  private func accessToken() async throws -> String {
    while true {
      // One look at the clock for both: the token may be in its last second.
      let now = clock.now
      tell(.timePassed, at: now)
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

  private func tell(_ event: Machine.Event, at now: NumericDate) {
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
    var storeWork: Machine.Effect?
    for effect in machine.handle(event, at: now) {
      switch effect {
      case .sessionInUse, .stateChanged, .accessRenewed:
        update.yield(effect)
        for request in waiting { request.finish() }
        waiting = []
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
        Task {
          // A process that was frozen up to here sends no old token.
          let isInTime = clock.now < request.sendBefore
          let answer =
            isInTime ? await transport.refresh(request) : .unreachable
          tell(.answered(ticket, answer))
        }
      }
    }
    return storeWork
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

// snippet.screens

/// What the app shows.
enum Screen: Sendable, Equatable {
  /// At launch, as long as nothing is known.
  case loading
  /// The app; offline, with what is cached and with what to say about it.
  case app(offline: SessionRestoration.Suspension?)
  case signIn(SessionRestoration.SignInReason)

  /// The screen of a state, after another screen.
  ///
  /// The app stays on screen while tokens are renewed.
  static func of(
    _ state: SessionRestoration.State, after shown: Screen
  ) -> Screen {
    switch (state, shown) {
    case (.active, _), (.refreshing, .app): .app(offline: nil)
    case (.suspended(let suspension), _): .app(offline: suspension)
    case (.signedOut(let reason), _): .signIn(reason)
    case (.starting, _), (.storeLocked, _), (.refreshing, _): .loading
    @unknown default: shown
    }
  }
}

/// What the app has stored of the user's, and for which session.
@MainActor protocol Cache: AnyObject {
  var sessionName: String? { get set }
  func removeAll()
}

/// Follows the session for as long as the app runs.
@MainActor func follow(
  _ session: AppSession, cache: any Cache, show: (Screen) -> Void,
  querySubscription: @escaping @MainActor () async -> Void
) async {
  var shown = Screen.loading
  for await update in session.updates {
    switch update {
    case .sessionInUse(let name):
      // Another user, perhaps, who signed in through another process.
      if cache.sessionName != name { cache.removeAll() }
      cache.sessionName = name
    case .stateChanged(let state):
      let next = Screen.of(state, after: shown)
      if next != shown { show(next) }
      shown = next
      if state == .active { Task { await querySubscription() } }
    case .accessRenewed: Task { await querySubscription() }
    default: break
    }
  }
}

// snippet.hide

/// Both servers in memory, which count what they are asked.
actor Servers: Transport {
  private var authority: SessionAuthority
  private var record: SessionRecord?
  private(set) var refreshCount = 0
  private(set) var unauthorizedCount = 0
  /// Whether nothing arrives there.
  private var isOutOfReach = false
  /// Whether the API refuses every token that was made before.
  private var validSince = NumericDate.minimum

  init(_ authority: SessionAuthority) { self.authority = authority }

  func set(_ now: NumericDate) { authority.clock = .fixed(now) }

  func refuseTokens(before date: NumericDate) { validSince = date }

  func setOutOfReach(_ isOutOfReach: Bool) { self.isOutOfReach = isOutOfReach }

  func signIn(_ user: String) throws -> TokenResponse {
    let (tokens, record) = try authority.openSession(subject: user)
    self.record = record
    return tokens.response
  }

  func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  {
    guard !isOutOfReach else { return .unreachable }
    refreshCount += 1
    await Task.yield()
    do throws(Refusal) {
      let presented = try authority.verifyRefresh(request.refreshToken)
      let decision = authority.rotate(
        presented, record: record, idempotencyKey: request.idempotencyKey,
        claims: .empty)
      if let update = decision.update { record = update.record }
      let body = try decision.answer.get().response.json
      return RefreshAnswer(status: 200, body: body.utf8)
    } catch {
      return RefreshAnswer(status: error.statusCode, body: error.json.utf8)
    }
  }

  func revoke(refreshToken: String) async {
    guard let presented = try? authority.verifyRefresh(refreshToken),
      let update = authority.revoke(
        presented, record: record, reason: .signedOut)
    else { return }
    self.record = update.record
  }

  var revocation: RevocationReason? { record?.revocationReason }

  /// The API, which takes an access token.
  func get(_ path: String, accessToken: String) async -> (
    status: Int, body: String
  ) {
    await Task.yield()
    do throws(TokenError) {
      let token = try authority.accessTokenVerifier.verify(accessToken)
      if token.issuedAt >= validSince {
        return (200, "\(path) for \(token.subject)")
      }
      unauthorizedCount += 1
      return (401, "not yet known here")
    } catch {
      unauthorizedCount += 1
      return (401, error.description)
    }
  }
}

/// A keychain in memory.
actor MemoryKeychain: Keychain {
  private var item: [UInt8]?

  func read() -> StoredSession.Reading { StoredSession.Reading(bytes: item) }

  func write(_ bytes: [UInt8]) -> Bool {
    item = bytes
    return true
  }

  func delete() -> Bool {
    item = nil
    return true
  }
}

/// A lock in memory, for two apps in one process.
actor MemoryLock: ProcessLock {
  private var isTaken = false

  func hold(_ work: @Sendable (_ isHeld: Bool) async -> Void) async {
    while isTaken { await Task.yield() }
    isTaken = true
    await work(true)
    isTaken = false
  }
}

/// What the app shows, and what it has cached.
@MainActor final class Display: Cache {
  var screens: [Screen] = []
  var queryCount = 0
  var sessionName: String?
  var subscription: String?

  func removeAll() { subscription = nil }

  func watch(_ session: AppSession) -> Task<Void, Never> {
    Task {
      await follow(
        session, cache: self, show: { self.screens.append($0) },
        querySubscription: {
          self.queryCount += 1
          self.subscription = try? await session.authorized {
            await servers.get("/subscription", accessToken: $0)
          }.body
        })
    }
  }
}

extension AppSession {
  /// Sets the app's clock.
  func set(_ now: NumericDate) { clock = .fixed(now) }

  /// The app as it starts anew, or another process of it: all that they share
  /// is the keychain and the lock.
  func relaunched() throws -> AppSession {
    try AppSession(
      transport: transport, keychain: keychain, lock: lock, clock: clock)
  }

  func status(of path: String) async throws -> Int {
    try await authorized { await servers.get(path, accessToken: $0) }.status
  }
}

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "  as it must be: \(what)" : "  WRONG: \(what)")
  precondition(isTrue, what)
}

var now = NumericDate(clamping: 1_795_000_000)
let servers = try Servers(
  SessionAuthority(
    issuer: "https://id.example.com", audience: "https://api.example.com",
    accessKeys: KeyRing(active: .random(id: "access-2026-11")),
    refreshKeys: KeyRing(active: .random(id: "refresh-2026-11")),
    policy: RotationPolicy(
      accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400))))

/// Time passes for the servers and for an app.
@MainActor func pass(_ seconds: Int64, for app: AppSession) async {
  now = now + .seconds(seconds)
  await servers.set(now)
  await app.set(now)
}

print("Sign in")
let display = Display()
let session = try AppSession(
  transport: servers, keychain: MemoryKeychain(), lock: MemoryLock(),
  clock: .fixed(now))
await servers.set(now)
let following = display.watch(session)
await session.tell(.launched)
await session.finishStoreWork()
await session.tell(.signedIn(try await servers.signIn("user-42")))

// snippet.request

let (status, body) = try await session.authorized { accessToken in
  await servers.get("/subscription", accessToken: accessToken)
}

// snippet.hide

print("  \(status) \(body)")

while display.subscription == nil { await Task.yield() }
check(
  "the sign-in screen came first, then the app",
  display.screens == [.signIn(.neverSignedIn), .app(offline: nil)])
following.cancel()

print("Relaunch after 40 days, and ten requests at once")
let app = try await session.relaunched()
await pass(40 * 86_400, for: app)
await app.tell(.launched)
let requests = (1...10).map { number in
  Task { try await app.status(of: "/item/\(number)") }
}
var statuses: [Int] = []
for request in requests { statuses.append(try await request.value) }
check("all ten were answered 200", statuses == Array(repeating: 200, count: 10))
check("they waited for one refresh", await servers.refreshCount == 1)

print("A server refuses the access token")
await pass(300, for: app)
await servers.refuseTokens(before: now)
let retried = try await app.status(of: "/subscription")
check(
  "the request was tried once more and answered \(retried)", retried == 200)
check("with one 401 and one more refresh", await servers.unauthorizedCount == 1)
check("two refreshes in all", await servers.refreshCount == 2)

print("Out of reach, and \u{201C}Try again\u{201D}")
let following2 = display.watch(app)
display.screens = []
await servers.setOutOfReach(true)
await pass(1_000, for: app)
while true {
  do {
    _ = try await app.status(of: "/subscription")
  } catch is Offline {
    break
  }
}
await servers.setOutOfReach(false)
await pass(1, for: app)
await app.tell(.retryRequested)
while display.screens.last != .app(offline: nil) || display.screens.count < 2 {
  await Task.yield()
}
check(
  "the app was never covered, and a second later it is online",
  display.screens.allSatisfy {
    if case .app = $0 { true } else { false }
  })

print("Another user signs in through another process of the app")
let name = display.sessionName
let extensionApp = try await app.relaunched()
await extensionApp.tell(.launched)
await extensionApp.tell(.signedIn(try await servers.signIn("user-7")))
await extensionApp.finishStoreWork()
await pass(1_000, for: app)
await app.tell(.timePassed)
while display.subscription != "/subscription for user-7" { await Task.yield() }
check("the first process names another session", display.sessionName != name)
following2.cancel()

print("Sign out")
await app.tell(.signedOutByUser)
while await servers.revocation == nil { await Task.yield() }
check(
  "the session has ended on the server", await servers.revocation == .signedOut)
do {
  _ = try await app.status(of: "/subscription")
  check("a request needs a sign-in", false)
} catch let error as SignInNeeded {
  check(
    "a request needs a sign-in: \(error.reason)",
    error.reason == .signedOutByUser)
}
