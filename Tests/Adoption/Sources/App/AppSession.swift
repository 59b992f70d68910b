import SessionTokens

/// The session of the app's user.
actor AppSession {
  private var machine = SessionRestoration()
  private var waiting: [CheckedContinuation<Void, Never>] = []
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

  /// Sends a request; a 401 refreshes the session and is tried once more.
  func get(_ path: String) async throws -> (status: Int, body: String) {
    let accessToken = try await accessToken()
    let response = try await transport.get(path, accessToken: accessToken)
    guard response.status == 401 else { return response }
    tell(.accessRefused(accessToken: accessToken))
    return try await transport.get(path, accessToken: self.accessToken())
  }

  private func accessToken() async throws -> String {
    tell(.timePassed)
    while true {
      switch machine.access(at: clock.now) {
      case .attach(let accessToken): return accessToken
      case .signIn(let reason): throw SignInNeeded(reason: reason)
      case .wait:
        switch machine.state {
        case .suspended, .storeLocked: throw Offline()
        default: await withCheckedContinuation { waiting.append($0) }
        }
      }
    }
  }

  private func tell(_ event: SessionRestoration.Event) {
    if isEraseDue { erase() }
    for effect in machine.handle(event, at: clock.now) { perform(effect) }
  }

  private func perform(_ effect: SessionRestoration.Effect) {
    switch effect {
    case .readStore:
      tell(.storeRead(isEraseDue ? .locked : keychain.read()))
    case .save(let session, let ticket):
      do {
        try keychain.write(session.bytes)
        isEraseDue = false
        tell(.saved(ticket))
      } catch {
        tell(.saveFailed(ticket))
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
    for continuation in resumed { continuation.resume() }
  }
}
