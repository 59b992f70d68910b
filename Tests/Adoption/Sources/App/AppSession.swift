import SessionTokens

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
