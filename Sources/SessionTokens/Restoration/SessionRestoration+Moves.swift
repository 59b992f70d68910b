// The moves that transitions are made of. Each leaves the phase as it is to be and returns what the
// app has to do; the effect that is answered by an event comes last.

extension SessionRestoration {
  /// Asks for the store's content.
  mutating func readStore() -> Effect {
    unansweredReads += 1
    return .readStore
  }

  /// Changes the phase.
  mutating func enter(_ phase: Phase, at now: NumericDate) -> [Effect] {
    self.phase = phase
    failureCount = 0
    deadAnswerCount = 0
    return settle(at: now)
  }

  /// Derives the state from the phase and tells of a change.
  mutating func settle(at now: NumericDate) -> [Effect] {
    let settled: State =
      switch phase {
      // The state before goes on until it is known what comes.
      case .idle, .opening, .signingIn: state
      case .locked: .storeLocked
      case .signedOut(let reason): .signedOut(reason)
      case .holding(let held): state(of: held, at: now)
      }
    guard settled != state else { return [] }
    state = settled
    return [.stateChanged(settled)]
  }

  private func state(of held: Held, at now: NumericDate) -> State {
    if held.hasUsableAccess(at: now) { return .active }
    return held.pause(at: now).map { .suspended(retryAt: $0.since + $0.length) } ?? .refreshing
  }

  /// Does what the session calls for; `storeIsFresh` when the store was read for this very event.
  mutating func proceed(
    _ held: Held, storeIsFresh: Bool, at now: NumericDate
  ) -> [Effect] {
    var held = held
    held.work = .none
    let step = held.step(at: now, margin: configuration.margin)
    if case .signIn = step { return enter(.signedOut(.noRefreshToken), at: now) }
    if held.isUnsaved { return saveAgain(held, at: now) }
    switch step {
    case .resume, .signIn:
      phase = .holding(held)
      return settle(at: now)
    case .refresh, .resumeAndRefresh:
      if storeIsFresh { return send(held, at: now) }
      // Another process may have rotated since: the store is read again before anything is sent.
      held.work = .readingBeforeSend
      phase = .holding(held)
      return settle(at: now) + [readStore()]
    }
  }

  /// Sends the stored token with the stored key.
  mutating func send(_ held: Held, at now: NumericDate) -> [Effect] {
    var held = held
    guard let refreshToken = held.session.refreshToken else { return [] }
    let ticket = makeTicket()
    held.work = .awaitingAnswer(ticket, sentAt: now)
    phase = .holding(held)
    let request = RefreshRequest(
      refreshToken: refreshToken, idempotencyKey: held.session.idempotencyKey)
    return settle(at: now)
      + [.wake(after: configuration.requestTimeout), .send(request, ticket)]
  }

  /// Saves the session that came, to be used once that is done.
  mutating func save(_ session: StoredSession, instead held: Held) -> Effect {
    var held = held
    let ticket = makeTicket()
    held.work = .saving(session, ticket)
    phase = .holding(held)
    return .save(session, ticket)
  }

  /// Saves the session of a sign-in, whatever the store holds.
  mutating func signIn(_ session: StoredSession) -> [Effect] {
    let ticket = makeTicket()
    phase = .signingIn(session, ticket)
    return [.save(session, ticket)]
  }

  private mutating func saveAgain(_ held: Held, at now: NumericDate) -> [Effect] {
    guard held.stored != nil else {
      let save = save(held.session, instead: held)
      return settle(at: now) + [save]
    }
    var held = held
    held.work = .readingBeforeSave(held.session)
    phase = .holding(held)
    return settle(at: now) + [readStore()]
  }

  /// True when the store still holds the refresh token that it was last known to hold.
  func isUnchanged(_ stored: StoredSession, since held: Held) -> Bool {
    held.stored.map { $0.hasSameRefreshToken(as: stored) } ?? false
  }

  /// Puts a session to use, and tells of an access token that is new.
  mutating func use(
    _ session: StoredSession, instead held: Held?, stored: StoredSession?, at now: NumericDate
  ) -> [Effect] {
    var next = Held(session: session, stored: stored)
    let isNew = held.map { !$0.session.accessToken.hasSameBytes(as: session.accessToken) } ?? true
    if let held, !isNew { next.isAccessRefused = held.isAccessRefused }
    next.storePause = held?.storePause
    phase = .holding(next)
    let renewal = isNew && next.hasUsableAccess(at: now) ? [Effect.accessRenewed] : []
    return settle(at: now) + renewal
  }

  /// Puts to use what another process of the app has stored.
  mutating func adopt(
    _ stored: StoredSession, instead held: Held, at now: NumericDate
  ) -> [Effect] {
    let effects = use(stored, instead: held, stored: stored, at: now)
    guard case .holding(let adopted) = phase else { return effects }
    return effects + proceed(adopted, storeIsFresh: true, at: now)
  }

  /// Goes on after a save.
  ///
  /// A replayed access token may come with no life left: one more refresh follows at once. A server
  /// that goes on giving such tokens is in trouble, and is left alone for a while.
  mutating func proceedAfterSave(
    at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    guard case .holding(let held) = phase else { return [] }
    if held.hasUsableAccess(at: now) || held.session.refreshToken == nil {
      failureCount = 0
      deadAnswerCount = 0
    } else {
      deadAnswerCount = min(deadAnswerCount + 1, 2)
      if deadAnswerCount > 1 { return pause(retryAfter: nil, at: now, using: &generator) }
    }
    return proceed(held, storeIsFresh: false, at: now)
  }

  /// Waits before the next attempt.
  mutating func pause(
    retryAfter: Duration?, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    guard case .holding(var held) = phase else { return [] }
    let pause = makePause(retryAfter: retryAfter, at: now, using: &generator)
    held.work = .pausing(pause)
    phase = .holding(held)
    return settle(at: now) + [.wake(after: pause.length)]
  }

  /// Waits until the store may be unlocked: a look in between is no further failure.
  mutating func pauseForStore(
    at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    guard case .holding(var held) = phase else { return [] }
    let pause = held.pause(at: now) ?? makePause(retryAfter: nil, at: now, using: &generator)
    held.storePause = pause
    held.work = .pausing(pause)
    phase = .holding(held)
    return settle(at: now) + [.wake(after: pause.left(at: now) ?? pause.length)]
  }

  /// A pause of full jitter: 1 … min(longest, 2^failures) seconds, and no less than the server asks.
  mutating func makePause(
    retryAfter: Duration?, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> Pause {
    failureCount = min(failureCount + 1, 30)
    let longest = UInt64(configuration.longestBackoff.clampedSeconds)
    let ceiling = min(longest, 1 << UInt64(failureCount))
    let jitter = Duration.seconds(Int64(1 + generator.next() % ceiling))
    let delay = max(jitter, min(retryAfter ?? .zero, RefreshAnswer.maximumRetryAfter))
    return Pause(since: now, length: delay)
  }
}
