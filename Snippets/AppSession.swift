// The app's session as an actor: it drives `SessionRestoration` with an HTTP client and a keychain.
//
// `swift run AppSession` exercises it against servers in memory.

import SessionTokens

// snippet.needs

/// What the actor needs of an HTTP client.
protocol Transport: Sendable {
  /// Posts to the refresh endpoint with the `Idempotency-Key` field;
  /// `unreachable` without a response.
  func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  /// Tells the sign-in server that the user has signed out.
  func revoke(refreshToken: String) async
}

/// What the actor needs of a keychain: one item of bytes.
///
/// `write` updates the item and never deletes it first. An app whose extensions
/// share the item holds a lock of theirs, such as a file lock, while
/// `AppSession.tell` runs.
protocol Keychain: Sendable {
  func read() -> StoredSession.Reading
  mutating func write(_ bytes: [UInt8]) throws
  mutating func delete() throws
}

// snippet.actor

/// The user has to sign in.
struct SignInNeeded: Error {
  let reason: SessionRestoration.SignInReason
}

/// There is a session, and no server to renew it: show the app as offline.
struct Offline: Error {}

/// The session of the app's user.
actor AppSession {
  private var machine = SessionRestoration()
  private var waiting: [AsyncStream<Void>.Continuation] = []
  private let transport: any Transport
  private var keychain: any Keychain
  private var clock: WallClock

  private var wake: Task<Void, any Error>?

  /// True when the keychain could not be emptied: that is tried again.
  ///
  /// Nothing is read there before. The flag ends with the process.
  private var isEraseDue = false

  /// What an app shows and does.
  enum Update: Sendable {
    /// Another screen; on `active` query the subscription.
    case state(SessionRestoration.State)
    /// There is a new access token: query the subscription.
    case accessRenewed
  }

  /// What a server answered to a request.
  typealias Answer<Body> = (status: Int, body: Body)

  nonisolated let updates: AsyncStream<Update>
  private let update: AsyncStream<Update>.Continuation

  init(
    transport: any Transport, keychain: any Keychain, clock: WallClock = .system
  ) {
    self.transport = transport
    self.keychain = keychain
    self.clock = clock
    (updates, update) = AsyncStream.makeStream()
  }

  func launch() { tell(.launched) }

  func signedIn(_ response: TokenResponse) { tell(.signedIn(response)) }

  func signOut() { tell(.signedOutByUser) }

  /// The app is in the foreground, online again, or the keychain was unlocked.
  func wakeUp() { tell(.timePassed) }

  /// Sends a request with the access token; a 401 refreshes the session and is
  /// tried once more.
  ///
  /// It waits for a refresh that is under way, unless its task is cancelled.
  ///
  /// - Throws: `SignInNeeded`; `Offline`; `CancellationError`; what `send`
  ///   throws.
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
      switch machine.access(at: now) {
      case .attach(let accessToken): return accessToken
      case .signIn(let reason): throw SignInNeeded(reason: reason)
      case .wait:
        switch machine.state {
        case .suspended, .storeLocked: throw Offline()
        default: try await nextChange()
        }
      }
    }
  }

  private func nextChange() async throws {
    let (change, continuation) = AsyncStream<Void>.makeStream()
    waiting.append(continuation)
    // Ends with the change, or when the task is cancelled; what it left in
    // `waiting` goes with the next change.
    for await _ in change {}
    try Task.checkCancellation()
  }

  private func tell(_ event: SessionRestoration.Event) {
    tell(event, at: clock.now)
  }

  private func tell(_ event: SessionRestoration.Event, at now: NumericDate) {
    if isEraseDue { erase() }
    for effect in machine.handle(event, at: now) { perform(effect, at: now) }
  }

  private func perform(
    _ effect: SessionRestoration.Effect, at now: NumericDate
  ) {
    switch effect {
    case .readStore:
      tell(.storeRead(isEraseDue ? .locked : keychain.read()), at: now)
    case .save(let session, let ticket):
      do {
        try keychain.write(session.bytes)
        isEraseDue = false
        tell(.saved(ticket), at: now)
      } catch {
        tell(.saveFailed(ticket), at: now)
      }
    case .erase:
      erase()
    case .send(let request, let ticket):
      Task { tell(.answered(ticket, await transport.refresh(request))) }
    case .sendRevocation(let refreshToken):
      Task { await transport.revoke(refreshToken: refreshToken) }
    case .wake(let delay):
      wakeUp(after: delay)
    case .stateChanged(let state):
      update.yield(.state(state))
      resumeWaiting()
    case .accessRenewed:
      update.yield(.accessRenewed)
      resumeWaiting()
    }
  }

  private func erase() {
    do {
      try keychain.delete()
      isEraseDue = false
    } catch {
      isEraseDue = true
      wakeUp(after: .seconds(2))
    }
  }

  private func wakeUp(after delay: Duration) {
    wake?.cancel()
    wake = Task {
      try await Task.sleep(for: delay)
      wakeUp()
    }
  }

  private func resumeWaiting() {
    let resumed = waiting
    waiting = []
    for continuation in resumed { continuation.finish() }
  }
}

// snippet.screens

/// What the app shows.
enum Screen: Sendable, Equatable {
  case loading, app, offline
  case signIn(SessionRestoration.SignInReason)
}

/// Follows the session for as long as the app runs.
@MainActor func follow(
  _ session: AppSession, show: (Screen) -> Void,
  querySubscription: () async -> Void
) async {
  for await update in session.updates {
    switch update {
    case .accessRenewed: await querySubscription()
    case .state(let state):
      switch state {
      case .starting, .refreshing: show(.loading)
      case .active:
        show(.app)
        await querySubscription()
      case .storeLocked, .suspended: show(.offline)
      case .signedOut(let reason): show(.signIn(reason))
      @unknown default: break
      }
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
  /// Whether the API refuses every token that was made before.
  private var validSince = NumericDate.minimum

  init(_ authority: SessionAuthority) { self.authority = authority }

  func set(_ now: NumericDate) { authority.clock = .fixed(now) }

  func refuseTokens(before date: NumericDate) { validSince = date }

  func signIn(_ user: String) throws -> TokenResponse {
    let (tokens, record) = try authority.openSession(subject: user)
    self.record = record
    return tokens.response
  }

  func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  {
    refreshCount += 1
    await Task.yield()
    do throws(Refusal) {
      let presented = try authority.verifyRefresh(request.refreshToken)
      let decision = authority.rotate(
        presented, record: record, idempotencyKey: request.idempotencyKey,
        claims: .none)
      if let update = decision.update { record = update.record }
      let body = try decision.answer.get().response.json
      return RefreshAnswer(status: 200, body: body.utf8)
    } catch {
      return RefreshAnswer(status: error.statusCode, body: error.json.utf8)
    }
  }

  func revoke(refreshToken: String) async {
    guard let record, let update = authority.revoke(record, reason: .signedOut)
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
struct MemoryKeychain: Keychain {
  private var item: [UInt8]?

  func read() -> StoredSession.Reading { StoredSession.Reading(bytes: item) }
  mutating func write(_ bytes: [UInt8]) { item = bytes }
  mutating func delete() { item = nil }
}

extension AppSession {
  /// Sets the app's clock.
  func set(_ now: NumericDate) { clock = .fixed(now) }

  /// The app as it starts anew: all that is left is the keychain.
  func relaunched() -> AppSession {
    AppSession(transport: transport, keychain: keychain, clock: clock)
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
await servers.set(now)

/// The screens that were shown, and how often the subscription was queried.
@MainActor final class Display {
  var screens: [Screen] = []
  var queryCount = 0
}

print("Sign in")
let display = Display()
let session = AppSession(
  transport: servers, keychain: MemoryKeychain(), clock: .fixed(now))
let following = Task {
  await follow(
    session, show: { display.screens.append($0) },
    querySubscription: { display.queryCount += 1 })
}
await session.launch()
await session.signedIn(try await servers.signIn("user-42"))

// snippet.request

let (status, body) = try await session.authorized { accessToken in
  await servers.get("/subscription", accessToken: accessToken)
}

// snippet.hide

print("  \(status) \(body)")

while display.queryCount == 0 { await Task.yield() }
check(
  "the sign-in screen came first, then the app",
  display.screens == [.signIn(.neverSignedIn), .app])
following.cancel()

print("Relaunch after 40 days, and ten requests at once")
now = now + .seconds(40 * 86_400)
await servers.set(now)
let app = await session.relaunched()
await app.set(now)
await app.launch()
let requests = (1...10).map { number in
  Task { try await app.status(of: "/item/\(number)") }
}
var statuses: [Int] = []
for request in requests { statuses.append(try await request.value) }
check("all ten were answered 200", statuses == Array(repeating: 200, count: 10))
check("they waited for one refresh", await servers.refreshCount == 1)

print("A server refuses the access token")
now = now + .seconds(300)
await servers.set(now)
await app.set(now)
await servers.refuseTokens(before: now)
let retried = try await app.status(of: "/subscription")
check(
  "the request was tried once more and answered \(retried)", retried == 200)
check("with one 401 and one more refresh", await servers.unauthorizedCount == 1)
check("two refreshes in all", await servers.refreshCount == 2)

print("Sign out")
await app.signOut()
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
