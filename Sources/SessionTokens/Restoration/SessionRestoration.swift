// SPDX-License-Identifier: Apache-2.0

/// The app's decisions about its session, at launch and after: resume, refresh, wait, or sign in.
///
/// It is a pure state machine. The app sends it events with ``handle(_:at:)``, performs the effects that come
/// back, in order, and sends the results back as events. The machine holds no closure, reads no clock, and
/// never trusts the dates inside a token: lifetimes count from the time of receipt, by the clock that the app
/// passes.
public struct SessionRestoration: Sendable, Equatable {
  let configuration: Configuration
  private(set) var memory = Memory()

  /// Creates a machine that waits for ``Event/launched``.
  public init(configuration: Configuration = .standard) { self.configuration = configuration }

  /// The state that the app shows; ``Effect/stateChanged(_:)`` reports each change.
  public var state: State { memory.state }

  /// Returns the advice for a request that is about to be sent.
  ///
  /// Send ``Event/timePassed`` first, so that an access token near its end is refreshed.
  public func access(at now: NumericDate) -> Access {
    switch memory.situation {
    case .unread:
      return .wait
    case .signedOut(let reason, _):
      return .signIn(reason)
    case .session(let session):
      guard let inUse = session.inUse else { return .wait }
      if session.isUsable(at: now) { return .attach(accessToken: inUse.accessToken.text) }
      return inUse.refreshToken == nil ? .signIn(.noRefreshToken) : .wait
    }
  }

  /// Handles an event and returns the effects to perform.
  ///
  /// - Parameters:
  ///   - event: The event. An answer that is no longer awaited changes nothing, with two exceptions: new tokens of
  ///     a request from before a sign-out or a sign-in are revoked, and while signed out, an earlier reading counts.
  ///   - now: The device's clock. It may be wrong, and may jump either way.
  /// - Returns: The effects to perform, in order.
  public mutating func handle(_ event: Event, at now: NumericDate) -> [Effect] {
    var generator = SystemRandomNumberGenerator()
    return handle(event, at: now, using: &generator)
  }

  /// Handles an event as ``handle(_:at:)`` does, with a source of randomness.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - now: The device's clock.
  ///   - generator: The source of idempotency keys, names, and jitter. Outside tests it must be
  ///     cryptographic.
  /// - Returns: The effects to perform, in order.
  public mutating func handle(
    _ event: Event, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    guard memory.isAwaiting(event, at: now) else { return [] }
    var transition = Transition(configuration: configuration, now: now)
    // Moves the memory into the transition and back, which costs less than a copy.
    swap(&memory, &transition.memory)
    transition.apply(event) { generator.next() }
    transition.conclude(after: event)
    swap(&memory, &transition.memory)
    return transition.outcome.effects
  }
}

extension SessionRestoration: Redacted {
  /// The state.
  public var description: String { "SessionRestoration(\(state))" }
}

// The numbered rules are those of the article "How the app decides". A blob is the content of the store: the
// tokens of one sign-in or refresh. It is spent when a server has definitively refused its refresh token.

// MARK: - The launch order, and conditions of a session

private typealias Blob = SessionRestoration.Blob
private typealias StoreContent = SessionRestoration.StoreContent
private typealias Session = SessionRestoration.Session
private typealias Suspension = SessionRestoration.Suspension

extension SessionRestoration.StoreContent {
  /// Creates the content that a reading found; `nil` for a locked store.
  fileprivate init?(_ reading: StoredSession.Reading) {
    switch reading {
    case .locked: return nil
    case .empty: self = .nothing
    case .corrupt: self = .corrupt
    case .found(let session): self = .blob(session.blob)
    }
  }
}

extension SessionRestoration.Blob {
  /// Creates the blob of tokens that arrived at `now`.
  ///
  /// When the server gave no new refresh token, the `previous` one stays in use (RFC 6749 §6).
  fileprivate convenience init(
    _ response: TokenResponse, previous: Blob?, at now: NumericDate, _ random: () -> UInt64
  ) {
    let tokens = TokenResponse(
      access: response.access, expiresIn: response.expiresIn,
      refresh: response.refresh ?? previous?.refreshToken,
      refreshTokenExpiresIn: response.refreshTokenExpiresIn)
    self.init(
      tokens: tokens, receivedAt: now, idempotencyKey: Identifier128(high: random(), low: random()),
      name: previous?.name ?? SessionName(bits: random()), signedInAt: previous?.signedInAt ?? now)
  }

  /// Returns the rest of the access token's life; `nil` when the clock shows a time before receipt.
  fileprivate func accessLifeLeft(at now: NumericDate) -> Duration? {
    now < receivedAt ? nil : expiresIn - (now - receivedAt)
  }

  /// Returns how long before its end the access token is refreshed: `min(configured, lifetime / 4)`.
  fileprivate func margin(_ configured: Duration) -> Duration {
    min(configured, .seconds(expiresIn.clampedSeconds / 4))
  }

  /// Returns true when a server refused the blob's refresh token, or, of a blob without one, the access token.
  ///
  /// At the next sign-in, a server of RFC 6749 may issue a token that it refused before: the name tells the
  /// sessions apart.
  fileprivate func wasRefused(as refused: Blob?) -> Bool {
    guard let refused, name == refused.name else { return false }
    guard let refreshToken = refused.refreshToken else { return accessToken == refused.accessToken }
    return self.refreshToken == refreshToken
  }
}

extension SessionRestoration.Session {
  /// The next step for a session.
  fileprivate enum Decision {
    case resume, resumeAndRefresh, refresh, signIn
  }

  /// Returns the next step for a session by the launch order; the first match wins.
  ///
  /// The device's clock never closes the refresh window: the server decides.
  fileprivate func decision(at now: NumericDate, margin: Duration) -> Decision {
    let canRefresh = newest.refreshToken != nil
    // A server has refused the access token, whatever its lifetime.
    if isAccessRefused { return canRefresh ? .refresh : .signIn }
    // The clock was set back, so the remaining lifetime is unknown: ask the server.
    guard let left = newest.accessLifeLeft(at: now) else { return canRefresh ? .refresh : .resume }
    if left > newest.margin(margin) { return .resume }
    guard left > .zero else { return canRefresh ? .refresh : .signIn }
    // Rule 10: if the access token ends with the session, a refresh can't extend it.
    let endsWithSession = newest.refreshTokenExpiresIn.map { newest.expiresIn >= $0 } ?? false
    return canRefresh && !endsWithSession ? .resumeAndRefresh : .resume
  }

  /// Returns true when requests may carry the access token in use.
  ///
  /// Without a refresh token, a clock that shows a time before receipt changes nothing: there is no
  /// better token to get.
  fileprivate func isUsable(at now: NumericDate) -> Bool {
    guard let inUse, !isAccessRefused else { return false }
    guard let left = inUse.accessLifeLeft(at: now) else { return inUse.refreshToken == nil }
    return left > .zero
  }

  /// The session's name, and those of the sessions that it replaces.
  fileprivate var names: [SessionName] { [newest.name] + (replaced ?? []) }

  fileprivate var isPublished: Bool { inUse == newest }
  fileprivate var isSaved: Bool { stored == .blob(newest) }

  /// Rule 3: returns true when an unsaved session whose access token has expired may be refreshed.
  ///
  /// A second process that has an older blob of this session would get the same tokens again and create another
  /// key for them, and the next request of either would end the session of both. Only a sign-in that was never
  /// saved is in no other process, whatever has become of the store.
  fileprivate func mayGoOnInMemory(sharesStore: Bool) -> Bool {
    guard sharesStore else { return true }
    guard case .blob(let blob) = stored else { return replaced != nil }
    return blob.name != newest.name
  }
}

// MARK: - One event

extension SessionRestoration {
  /// The effects of one event, at most one of each kind.
  fileprivate struct Outcome: ~Copyable {
    var name: SessionName?
    var state: State?
    var isAccessRenewed = false
    var wake: Duration?
    var revocation: SecretString?
    /// The effect that is awaited.
    var awaited: Effect?

    /// The effects, in the order that the app is promised.
    var effects: [Effect] {
      var effects: [Effect] = []
      effects.reserveCapacity(4)
      if let name { effects.append(.sessionInUse(name: name.text)) }
      if let state { effects.append(.stateChanged(state)) }
      if isAccessRenewed { effects.append(.accessRenewed) }
      if let wake { effects.append(.wake(after: wake)) }
      if let revocation { effects.append(.sendRevocation(refreshToken: revocation.text)) }
      if let awaited { effects.append(awaited) }
      return effects
    }
  }

  /// The transition that one event causes: the only code that changes the machine's memory.
  fileprivate struct Transition: ~Copyable {
    let configuration: Configuration
    let now: NumericDate
    var memory = Memory()
    var outcome = Outcome()

    mutating func apply(_ event: Event, _ random: () -> UInt64) {
      updateWaits()
      switch event {
      case .launched:
        if case .unread(_, let since) = memory.situation {
          memory.situation = .unread(isLaunched: true, lockedSince: since)
        }
        timePassed(random)
      case .storeRead(_, let reading):
        memory.awaited = nil
        storeRead(reading, random)
      case .saved:
        memory.awaited = nil
        saved(random)
      case .saveFailed:
        memory.awaited = nil
        saveFailed(random)
      case .erased:
        memory.awaited = nil
        finishCleanup()
      case .eraseFailed:
        memory.awaited = nil
        pauseForStore(random)
      case .answered(let ticket, let answer) where memory.awaited?.ticket == ticket:
        memory.awaited = nil
        answered(answer, random)
      case .answered(let ticket, let answer):
        abandonedAnswer(ticket, answer)
      case .signedIn(let response):
        signIn(Blob(response, previous: nil, at: now, random))
      case .accessRefused(let accessToken):
        accessRefused(accessToken)
      case .signedOutByUser:
        signOut()
      case .timePassed:
        timePassed(random)
      case .retryRequested:
        retryRequested()
        timePassed(random)
      }
      startWhatIsDue(after: event, random)
    }

    /// Derives the state that the app shows, and the moment when the app wakes the machine.
    mutating func conclude(after event: Event) {
      if let name = memory.session?.inUse?.name, name != memory.announcedName {
        memory.announcedName = name
        outcome.name = name
      }
      let state = derivedState
      if state != memory.state {
        memory.state = state
        outcome.state = state
      }
      let awaited = memory.awaited.flatMap { $0.kind.isLook ? nil : $0.wait }
      // An event that ends no wait leaves the timer of an overdue answer alone.
      if let awaited, awaited.left(at: now) == nil { return }
      let pauseLeft = memory.pause?.wait.left(at: now)
      let answerLeft = awaited?.left(at: now)
      let left = pauseLeft.map { min($0, answerLeft ?? $0) } ?? answerLeft
      let wakeAt = left.map { now + $0 }
      // A timer that has fired is gone, so the wake is requested again.
      if wakeAt != memory.wakeAt || event == .timePassed { outcome.wake = left }
      memory.wakeAt = wakeAt
    }

    private var derivedState: State {
      switch memory.situation {
      case .unread(_, nil): .starting
      case .unread(_, let since?): .storeLocked(since: since)
      case .signedOut(let reason, _): .signedOut(reason)
      // Keeps the previous state until the read and save of a sign-in complete.
      case .session(let session) where session.inUse == nil: memory.state
      case .session(let session) where session.isUsable(at: now): .active
      case .session: memory.suspension.map { .suspended($0) } ?? .refreshing
      }
    }
  }
}

extension SessionRestoration.AwaitedEffect.Kind {
  fileprivate var isLook: Bool {
    if case .look = self { true } else { false }
  }
}

// MARK: - Starting, sending, waiting

extension SessionRestoration.Transition {
  /// Starts the work that is due when nothing is awaited and no pause runs.
  private mutating func startWhatIsDue(
    after event: SessionRestoration.Event, _ random: () -> UInt64
  ) {
    let hasTimePassed =
      event == .timePassed || event == .launched || event == .retryRequested
    if let pause = memory.pause, !(pause.isForLockedStore && hasTimePassed) { return }
    if let awaited = memory.awaited, !awaited.kind.isLook { return }
    switch memory.situation {
    case .unread(let isLaunched, _):
      if isLaunched { read(random) }
    case .signedOut(_, .some):
      read(random)
    case .signedOut(_, nil):
      // Rule 7: at most once a second.
      if hasTimePassed, memory.readAt.map({ now - $0 >= .seconds(1) }) ?? true { look(random) }
    case .session(let session):
      let decision = session.decision(at: now, margin: configuration.margin)
      let isSettled = session.isPublished && session.refusal == nil
      if isSettled, case .signIn = decision {
        endWithoutRefreshToken(session)
      } else if case .resume = decision, isSettled, session.isSaved {
        break
      } else {
        read(random)
      }
    }
  }

  /// Issues the ticket of an awaited effect, and begins to wait for its answer.
  private mutating func ticket(
    for kind: SessionRestoration.AwaitedEffect.Kind, _ random: () -> UInt64
  ) -> SessionRestoration.Ticket {
    let word = memory.ticketWord ?? random()
    memory.ticketWord = word
    memory.lastTicket &+= 1
    let ticket = SessionRestoration.Ticket(machine: word, number: memory.lastTicket)
    memory.awaited = SessionRestoration.AwaitedEffect(
      kind: kind, ticket: ticket,
      wait: SessionRestoration.Wait(since: now, length: configuration.requestTimeout))
    return ticket
  }

  private mutating func read(_ random: () -> UInt64) {
    memory.readAt = now
    outcome.awaited = .readStore(ticket(for: .read, random))
  }

  private mutating func look(_ random: () -> UInt64) {
    memory.readAt = now
    let next = memory.lastTicket &+ 1
    let first = if case .look(let first) = memory.awaited?.kind { first } else { next }
    outcome.awaited = .readStore(ticket(for: .look(first: first), random))
  }

  private mutating func save(_ blob: Blob, _ random: () -> UInt64) {
    outcome.awaited = .save(StoredSession(blob: blob), ticket(for: .save, random))
  }

  private mutating func erase(_ random: () -> UInt64) {
    outcome.awaited = .erase(ticket(for: .erase, random))
  }

  /// Sends the newest refresh token; the store was read for this event.
  private mutating func send(_ random: () -> UInt64) {
    guard let newest = memory.session?.newest, let refreshToken = newest.refreshToken else {
      return
    }
    if !memory.isRetryRequested {
      if let wait = memory.budget.wait(at: now) {
        let gotResponse = memory.suspension?.cause != .unreachable
        return suspend(.server(nil), for: wait, minimum: gotResponse ? .seconds(5) : .zero)
      }
      memory.budget.spend(at: now)
    }
    memory.isRetryRequested = false
    memory.session?.isLastSaveTried = false
    let request = SessionRestoration.RefreshRequest(
      secretToken: refreshToken, secretKey: SecretString(newest.idempotencyKey.text),
      sendBefore: now + configuration.requestTimeout)
    outcome.awaited = .refresh(request, ticket(for: .refresh, random))
  }

  /// Sends the newest refresh token if the session calls for it; the store was read for this event.
  private mutating func sendIfDue(_ random: () -> UInt64) {
    guard let session = memory.session, memory.pause == nil else { return }
    switch session.decision(at: now, margin: configuration.margin) {
    case .refresh, .resumeAndRefresh: send(random)
    // Without a refresh token the session ends in `startWhatIsDue`.
    case .resume, .signIn: break
    }
  }

  /// Removes the pause and the abandoned requests whose time is over.
  ///
  /// Rule 9: a clock that is set back makes each wait begin again.
  private mutating func updateWaits() {
    if let since = memory.pause?.wait.since, now < since {
      memory.pause?.wait.since = now
      updateRetryAt()
    }
    if let since = memory.awaited?.wait.since { memory.awaited?.wait.since = min(since, now) }
    if let readAt = memory.readAt { memory.readAt = min(readAt, now) }
    memory.budget.since = min(memory.budget.since, now)
    for index in memory.abandoned.indices {
      memory.abandoned[index].wait.since = min(memory.abandoned[index].wait.since, now)
    }
    memory.abandoned.removeAll { $0.wait.left(at: now) == nil }
    if let pause = memory.pause, pause.wait.left(at: now) == nil { memory.pause = nil }
  }

  /// Stops waiting for an answer that is overdue.
  private mutating func timePassed(_ random: () -> UInt64) {
    guard let awaited = memory.awaited, awaited.wait.left(at: now) == nil else { return }
    memory.awaited = nil
    switch awaited.kind {
    case .read:
      // The store is read again at once. Without an access token, the state shows the wait for the store.
      if memory.session != nil { setSuspension(.store, retryAt: now) }
    case .look: break
    case .save: saveFailed(random)
    case .erase: pauseForStore(random)
    case .refresh: answered(.unreachable, random)
    }
  }

  /// Rule 9: ends a pause of the machine's own, or shortens the pause after the request under way.
  private mutating func retryRequested() {
    if memory.session != nil, memory.pause != nil || memory.awaited?.kind == .refresh {
      memory.isRetryRequested = true
    }
    shortenPause()
  }

  private mutating func shortenPause() {
    guard let pause = memory.pause else { return }
    // A pause this short can't be shortened, so the request after it counts toward the budget.
    if pause.wait.length < pause.minimum { memory.isRetryRequested = false }
    memory.pause?.wait.length = min(pause.wait.length, max(pause.minimum, now - pause.wait.since))
    updateRetryAt()
    if memory.pause?.wait.left(at: now) == nil { memory.pause = nil }
  }

  private mutating func updateRetryAt() {
    guard let end = memory.pause?.wait.end, let suspension = memory.suspension else { return }
    setSuspension(suspension.cause, retryAt: end)
  }

  private mutating func setSuspension(_ cause: Suspension.Cause, retryAt: NumericDate) {
    memory.suspension = Suspension(
      since: memory.suspension?.since ?? now, retryAt: retryAt, cause: cause)
  }

  /// Rule 9: waits min(maximum, 2ⁿ) seconds after n failures, with jitter in the upper half, and no
  /// less than the server asked for.
  private mutating func suspend(
    _ cause: Suspension.Cause, retryAfter: Duration? = nil,
    isForLockedStore: Bool = false, _ random: () -> UInt64
  ) {
    memory.failureCount = min(memory.failureCount + 1, 30)
    let maximum = UInt64(configuration.maximumBackoff.clampedSeconds)
    let ceiling = min(maximum, 1 << UInt64(memory.failureCount))
    let floor = (ceiling + 1) / 2
    let backoff = Duration.seconds(Int64(floor + random() % (ceiling - floor + 1)))
    // Whole seconds, rounded up: a wait of 2.5 s isn't over after 2 s.
    let asked = min(
      max(.zero, .seconds(retryAfter?.secondsRoundedUp ?? 0)), configuration.maximumRetryAfter)
    let minimum: Duration =
      switch cause {
      case .unreachable, .store: .seconds(1)
      case .server: .seconds(5)
      }
    suspend(
      cause, for: max(backoff, asked), minimum: max(minimum, asked),
      isForLockedStore: isForLockedStore)
  }

  private mutating func suspend(
    _ cause: Suspension.Cause, for length: Duration, minimum: Duration,
    isForLockedStore: Bool = false
  ) {
    memory.pause = SessionRestoration.Pause(
      wait: SessionRestoration.Wait(since: now, length: length), minimum: minimum,
      isForLockedStore: isForLockedStore)
    setSuspension(cause, retryAt: now + length)
    if case .store = cause { memory.isRetryRequested = false }
    if memory.isRetryRequested { shortenPause() }
  }

  private mutating func pauseForStore(_ random: () -> UInt64) {
    suspend(.store, random)
    // The last attempt to save is due when the access token expires.
    guard let session = memory.session, session.isUsable(at: now),
      let left = session.inUse?.accessLifeLeft(at: now), let pause = memory.pause
    else { return }
    memory.pause?.wait.length = min(pause.wait.length, left)
    updateRetryAt()
  }

  /// Waits for a locked store.
  ///
  /// A locked reading during the wait doesn't count as another failure, and ends no pause after one.
  private mutating func pauseForLockedStore(_ random: () -> UInt64) {
    guard memory.pause == nil else { return }
    suspend(.store, isForLockedStore: true, random)
  }

  /// Rule 11: returns true for the second empty or corrupt reading in a row; after the first, pauses for 2 s.
  private mutating func confirmDoubtfulReading() -> Bool {
    defer { memory.isDoubtful.toggle() }
    guard !memory.isDoubtful else { return true }
    memory.pause = SessionRestoration.Pause(
      wait: SessionRestoration.Wait(since: now, length: .seconds(2)), minimum: .seconds(1),
      isForLockedStore: false)
    return false
  }
}

// MARK: - The store

extension SessionRestoration.Transition {
  private mutating func storeRead(_ reading: StoredSession.Reading, _ random: () -> UInt64) {
    guard let content = StoreContent(reading) else { return storeIsLocked(random) }
    // This can only be the pause for a locked store: the store isn't read during any other.
    memory.pause = nil
    if case .blob = content { memory.isDoubtful = false }
    switch memory.situation {
    case .unread: launch(content, random)
    case .session(let session): compare(session, content, random)
    case .signedOut(let reason, let cleanup): readWhileSignedOut(content, reason, cleanup, random)
    }
  }

  /// Applies the launch order to the store's content; `Session.decision(at:margin:)` has the rows for a
  /// session.
  private mutating func launch(_ content: StoreContent, _ random: () -> UInt64) {
    memory.situation = .unread(isLaunched: true, lockedSince: nil)
    switch content {
    case .nothing:
      end(.neverSignedIn)
    case .corrupt:
      if confirmDoubtfulReading() { end(.storeCorrupt) }
    case .blob(let blob):
      if let code = blob.spentBy { end(.refused(code)) } else { adopt(blob, random) }
    }
  }

  private mutating func storeIsLocked(_ random: () -> UInt64) {
    switch memory.situation {
    case .unread(let isLaunched, let since):
      memory.situation = .unread(isLaunched: isLaunched, lockedSince: since ?? now)
    case .signedOut(_, nil):
      return
    case .signedOut(_, .some):
      break
    case .session(let session):
      // Rule 2: a locked store may hold another process's token. It counts as a save that failed.
      guard !session.isSaved, session.refusal == nil else { break }
      publish(session, random)
      guard let session = memory.session, !session.isUsable(at: now),
        !configuration.sharesStore
      else { break }
      if memory.pause?.isForLockedStore == true { memory.pause = nil }
      return sendIfDue(random)
    }
    pauseForLockedStore(random)
  }

  /// Rules 1 – 5: compares the session with the content of the store, then adopts, saves or sends.
  private mutating func compare(
    _ session: Session, _ content: StoreContent, _ random: () -> UInt64
  ) {
    var session = session
    if content == .blob(session.newest) {
      if let code = session.refusal { return endAfterRefusal(session, code, over: content, random) }
      confirm(session, random)
      return sendIfDue(random)
    }
    if !maySave(session, over: content) {
      switch content {
      case .blob(let blob):
        if let code = blob.spentBy { return end(.refused(code)) }
        adopt(blob, random)
        // Rule 4: another session has replaced an unsaved sign-in.
        if session.replaced != nil, blob.name != session.newest.name { revoke(session.newest) }
        return
      case .nothing:
        if confirmDoubtfulReading() { end(.signedOutByUser) }
        return
      case .corrupt:
        guard confirmDoubtfulReading() else { return }
      }
    }
    if session.stored == nil, case .blob(let blob) = content { replace(blob, in: &session) }
    session.stored = content
    memory.session = session
    if let code = session.refusal {
      endAfterRefusal(session, code, over: content, random)
    } else if session.isLastSaveTried, !session.isUsable(at: now),
      session.mayGoOnInMemory(sharesStore: configuration.sharesStore)
    {
      sendIfDue(random)
    } else {
      save(session.newest, random)
    }
  }

  /// Returns true when a session may be saved over what the store holds.
  private func maySave(_ session: Session, over content: StoreContent) -> Bool {
    if content == session.stored { return true }
    guard case .blob(let blob) = content else { return session.replaced != nil }
    // Rule 2: its own save that was reported as failed.
    if blob == session.attempted { return true }
    // Rule 4: what the sign-in replaces, and what has ended.
    if session.stored == nil, !isSuccessor(blob, of: session) { return true }
    if session.replaced?.contains(blob.name) == true { return true }
    if memory.ended.sessions.contains(blob.name) { return true }
    return blob.spentBy != nil && !session.isSaved && !isNewer(blob, than: session.newest)
  }

  /// Rule 4: returns true for a blob of another process, in which somebody signed in after this session.
  ///
  /// A sign-in ahead of the clock counts as earlier: the clock was set back after it.
  private func isSuccessor(_ blob: Blob, of session: Session) -> Bool {
    configuration.sharesStore && !endsUnread(blob) && !blob.wasRefused(as: memory.ended.refused)
      && session.newest.signedInAt < blob.signedInAt && blob.signedInAt <= now
  }

  /// Returns true for a blob of the same session that arrived after another one.
  ///
  /// A blob from ahead of the clock counts as older: the clock was set back after it.
  private func isNewer(_ blob: Blob, than other: Blob) -> Bool {
    blob.name == other.name && other.receivedAt < blob.receivedAt && blob.receivedAt <= now
  }

  /// Adopts the blob that the store holds.
  private mutating func adopt(_ blob: Blob, _ random: () -> UInt64) {
    let previous = memory.session
    let session = Session(newest: blob, inUse: blob, stored: .blob(blob))
    memory.situation = .session(session)
    memory.ended.unreadSince = nil
    let isUsable = session.isUsable(at: now)
    if isUsable || previous?.inUse?.name != blob.name { forgetFailures() }
    // While the store is read for a sign-in, the state is still that of the previous session.
    if isUsable, let previous, previous.inUse?.accessToken != blob.accessToken {
      outcome.isAccessRenewed = true
    }
    sendIfDue(random)
  }

  /// Takes the newest tokens into use.
  private mutating func publish(_ session: Session, _ random: () -> UInt64) {
    var session = session
    let isNew = session.inUse?.accessToken != session.newest.accessToken
    let isPublished = session.isPublished
    session.inUse = session.newest
    // A server may give the refused access token once more: rule 10 applies to it anew.
    if !isPublished { session.isAccessRefused = false }
    memory.session = session
    guard !isPublished else { return }
    if session.isUsable(at: now) {
      if isNew { outcome.isAccessRenewed = true }
      forgetFailures()
    } else {
      // Rule 9: an access token that arrives expired is refreshed at once; a second one in a row is a failure.
      memory.expiredAnswerCount = min(memory.expiredAnswerCount + 1, 2)
      if memory.expiredAnswerCount > 1 { suspend(.server(nil), random) }
    }
  }

  private mutating func forgetFailures() {
    memory.suspension = nil
    memory.failureCount = 0
    memory.expiredAnswerCount = 0
    memory.isRetryRequested = false
  }

  /// Notes that the store holds the newest blob.
  private mutating func confirm(_ session: Session, _ random: () -> UInt64) {
    var session = session
    let isNew = !session.isSaved
    session.stored = .blob(session.newest)
    session.attempted = nil
    session.replaced = nil
    session.isLastSaveTried = false
    memory.isDoubtful = false
    memory.ended.unreadSince = nil
    publish(session, random)
    // A successful save clears the failures of earlier ones.
    if isNew, memory.session?.isUsable(at: now) == true { forgetFailures() }
  }

  private mutating func saved(_ random: () -> UInt64) {
    guard let session = memory.session else { return finishCleanup() }
    confirm(session, random)
  }

  /// Rule 3: takes the unsaved tokens into use, and tries to save them again.
  private mutating func saveFailed(_ random: () -> UInt64) {
    guard var session = memory.session else { return pauseForStore(random) }
    session.attempted = session.newest
    publish(session, random)
    guard var session = memory.session, memory.pause == nil else { return }
    if session.isUsable(at: now) {
      pauseForStore(random)
    } else {
      session.isLastSaveTried = true
      memory.session = session
      // If it may go on in memory, the store is read once more, without a pause.
      if !session.mayGoOnInMemory(sharesStore: configuration.sharesStore) { pauseForStore(random) }
    }
  }
}

// MARK: - The server

extension SessionRestoration.Transition {
  private mutating func answered(_ answer: RefreshAnswer, _ random: () -> UInt64) {
    guard var session = memory.session else { return }
    switch answer {
    case .tokens(let response):
      if session.newest.wasRefused(as: memory.ended.refused) { memory.ended.refused = nil }
      session.newest = Blob(response, previous: session.newest, at: now, random)
      session.hasReceivedTokens = true
      memory.session = session
      // A request for an access token that lives less than 240 s doesn't count toward the budget.
      if response.expiresIn < .seconds(240) { memory.budget.refund() }
    case .refused(let code):
      guard code.isDefinitive else { return suspend(.server(code), random) }
      memory.session?.refusal = code
      memory.ended.refused = session.newest
    case .unavailable(let retryAfter, let code):
      suspend(.server(code), retryAfter: retryAfter, random)
    case .unreachable:
      suspend(.unreachable, random)
    }
  }

  /// Rule 6: revokes the tokens of a late answer, which can't sign the user back in.
  private mutating func abandonedAnswer(
    _ ticket: SessionRestoration.Ticket, _ answer: RefreshAnswer
  ) {
    memory.abandoned.removeAll { $0.ticket == ticket }
    guard case .tokens(let response) = answer,
      let refreshToken = response.refreshToken.map({ SecretString($0) }),
      refreshToken != memory.session?.newest.refreshToken
    else { return }
    outcome.revocation = refreshToken
  }

  /// Rule 10: marks the access token as refused after a 401, unless it was received a moment ago.
  ///
  /// A server that refuses a new token lags behind, and would refuse the next one too.
  private mutating func accessRefused(_ accessToken: String) {
    guard let inUse = memory.session?.inUse,
      inUse.accessToken == SecretString(accessToken)
    else { return }
    let grace = max(inUse.margin(configuration.margin), .seconds(10))
    if now >= inUse.receivedAt, now - inUse.receivedAt < grace { return }
    memory.session?.isAccessRefused = true
  }

  /// Rule 5: signs out after a definitive refusal of a token that the store still holds or never held.
  private mutating func endAfterRefusal(
    _ session: Session, _ code: Refusal.Code,
    over content: StoreContent, _ random: () -> UInt64
  ) {
    endSessions(code.emptiesStore ? session.names : session.replaced ?? [])
    guard code.emptiesStore else {
      guard case .blob(let blob) = content else { return end(.refused(code)) }
      let spent = session.newest.spent(by: code)
      end(.refused(code), .mark(spent: spent, over: blob))
      return save(spent, random)
    }
    guard content != .nothing else { return end(.refused(code)) }
    end(.refused(code), .erase)
    erase(random)
  }
}

// MARK: - Signing in and out

extension SessionRestoration.Transition {
  /// Rule 4: begins the session of a sign-in, and revokes the one that it replaces.
  private mutating func signIn(_ blob: Blob) {
    let previous = memory.session
    abandon()
    memory.situation = .session(
      Session(newest: blob, replaced: previous?.names ?? [], hasReceivedTokens: true))
    if let previous, !previous.newest.wasRefused(as: memory.ended.refused),
      previous.hasReceivedTokens || previous.newest.accessLifeLeft(at: now) ?? .zero > .zero
    {
      revoke(previous.newest)
    }
    forgetFailures()
  }

  /// Rule 4: replaces the session that a sign-in finds in the store.
  ///
  /// A session whose access token has expired (or may have, where the clock was set back), or whose refresh token
  /// was refused, isn't revoked: it may be a copy of another phone's, in use there. One that a sign-out before the
  /// first reading has ended is revoked all the same.
  private mutating func replace(_ blob: Blob, in session: inout Session) {
    let isSignedOut = endsUnread(blob)
    if isSignedOut { memory.ended.sessions.append(blob.name) }
    let isKnown = session.replaced?.contains(blob.name) == true
    if !isKnown { session.replaced?.append(blob.name) }
    let mayBeCopy =
      blob.wasRefused(as: memory.ended.refused) || blob.accessLifeLeft(at: now) ?? .zero <= .zero
    if isSignedOut || !mayBeCopy { revoke(blob) }
  }

  /// Rule 6: shows the sign-out at once; the store is then read, and erased if it holds that session.
  private mutating func signOut() {
    let session = memory.session
    if let session { endSessions(session.names) }
    // The store may hold a session that isn't known here, such as one that a sign-in was to replace. A second
    // sign-out in a row ends nothing more.
    if session?.stored == nil, !isSignedOutByUser { memory.ended.unreadSince = now }
    abandon()
    end(.signedOutByUser, .erase)
    if let session {
      memory.ended.revoked = nil
      revoke(session.newest)
    }
  }

  /// Handles a reading while signed out: completes a sign-out (rule 6) or finds a session (rule 7).
  private mutating func readWhileSignedOut(
    _ content: StoreContent, _ reason: SessionRestoration.SignInReason,
    _ cleanup: SessionRestoration.Cleanup?, _ random: () -> UInt64
  ) {
    switch (content, cleanup) {
    case (.blob(let blob), .mark(let spent, let over)) where blob == over:
      save(spent, random)
    case (.blob(let blob), _) where memory.ended.sessions.contains(blob.name) || endsUnread(blob):
      let isSignedOut = endsUnread(blob)
      if isSignedOut {
        memory.ended.sessions.append(blob.name)
        memory.ended.unreadSince = nil
      }
      if isSignedOut || reason == .signedOutByUser { revoke(blob) }
      memory.situation = .signedOut(reason, .erase)
      erase(random)
    case (.blob(let blob), _):
      finishCleanup()
      let session = Session(newest: blob, inUse: blob, stored: content)
      if case .signIn = session.decision(at: now, margin: configuration.margin) { return }
      if blob.spentBy == nil, !blob.wasRefused(as: memory.ended.refused) { adopt(blob, random) }
    case (.corrupt, .erase):
      if confirmDoubtfulReading() { erase(random) }
    case (.corrupt, .mark):
      if confirmDoubtfulReading() { finishCleanup() }
    case (.nothing, _), (.corrupt, nil):
      finishCleanup()
    }
  }

  private var isSignedOutByUser: Bool {
    if case .signedOut(.signedOutByUser, _) = memory.situation { true } else { false }
  }

  /// Returns true for a session that was ended by a sign-out before the store was read.
  ///
  /// A sign-in ahead of the clock counts as earlier: the clock was set back after it.
  private func endsUnread(_ blob: Blob) -> Bool {
    memory.ended.unreadSince.map { blob.signedInAt < $0 || blob.signedInAt > now } ?? false
  }

  private mutating func endSessions(_ names: [SessionName]) {
    for name in names where !memory.ended.sessions.contains(name) {
      memory.ended.sessions.append(name)
    }
  }

  /// Rule 7: signs out of a session without a refresh token, which itself isn't ended by that.
  private mutating func endWithoutRefreshToken(_ session: Session) {
    if session.isAccessRefused { memory.ended.refused = session.newest }
    endSessions(session.replaced ?? [])
    end(.noRefreshToken)
  }

  private mutating func end(
    _ reason: SessionRestoration.SignInReason, _ cleanup: SessionRestoration.Cleanup? = nil
  ) {
    memory.situation = .signedOut(reason, cleanup)
    forgetFailures()
  }

  private mutating func finishCleanup() {
    if case .signedOut(let reason, _) = memory.situation {
      memory.situation = .signedOut(reason, nil)
    }
  }

  /// Stops the work under way.
  ///
  /// Tokens that answer a refresh request are still revoked when they come.
  private mutating func abandon() {
    if let awaited = memory.awaited, awaited.kind == .refresh { memory.abandoned.append(awaited) }
    memory.awaited = nil
    memory.pause = nil
    memory.isDoubtful = false
  }

  /// Notes a token to be revoked, once, unless it is the token of the session that goes on.
  ///
  /// A server of RFC 6749 may give the same refresh token at each sign-in.
  private mutating func revoke(_ blob: Blob) {
    guard blob.spentBy == nil, let refreshToken = blob.refreshToken,
      refreshToken != memory.ended.revoked, refreshToken != memory.session?.newest.refreshToken
    else { return }
    memory.ended.revoked = refreshToken
    outcome.revocation = refreshToken
  }
}
