// The one place where an event becomes a new state and effects. Only what is awaited counts: an
// answer that comes late, twice, or to another ticket changes nothing.

extension SessionRestoration {
  /// Takes an event as ``handle(_:at:)`` does.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - now: The device's clock.
  ///   - generator: The source of idempotency keys and of jitter, which must be cryptographic outside
  ///     tests.
  /// - Returns: The effects to perform, in order.
  public mutating func handle(
    _ event: Event, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    let earlier = state
    let effects = take(event, at: now, using: &generator)
    return tellingOnce(effects, since: earlier)
  }

  /// What the moves of one event pass through is never shown: the first change tells where they end.
  private func tellingOnce(_ effects: [Effect], since earlier: State) -> [Effect] {
    guard effects.count(where: { $0.isStateChange }) > 1 else { return effects }
    var isTold = state == earlier
    return effects.compactMap { effect in
      guard effect.isStateChange else { return effect }
      defer { isTold = true }
      return isTold ? nil : .stateChanged(state)
    }
  }

  private mutating func take(
    _ event: Event, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch event {
    case .launched: launched()
    case .storeRead(let reading): storeRead(reading, at: now, using: &generator)
    case .saved(let ticket): saved(ticket, at: now, using: &generator)
    case .saveFailed(let ticket): saveFailed(ticket, at: now, using: &generator)
    case .signedIn(let response): signIn(StoredSession(response, at: now, using: &generator))
    case .answered(let ticket, let answer): answered(ticket, answer, at: now, using: &generator)
    case .timePassed: timePassed(at: now, using: &generator)
    case .accessRefused(let accessToken): accessRefused(accessToken, at: now)
    case .signedOutByUser: signOut(at: now)
    }
  }

  private mutating func launched() -> [Effect] {
    guard case .idle = phase else { return [] }
    phase = .opening(nil)
    return [readStore()]
  }

  private mutating func answered(
    _ ticket: Ticket, _ answer: RefreshAnswer, at now: NumericDate,
    using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    guard case .holding(var held) = phase, case .awaitingAnswer(ticket, _) = held.work else {
      return []
    }
    switch answer {
    case .tokens(let response):
      let session = StoredSession(response, previous: held.session, at: now, using: &generator)
      held.work = .readingBeforeSave(session)
    case .refused(let code) where code.isDefinitive:
      held.work = .readingBeforeSignOut(code)
    // Anything that is not known to be final is the server's trouble, and the tokens still count.
    case .refused, .unreachable:
      return pause(retryAfter: nil, at: now, using: &generator)
    case .unavailable(let retryAfter, _):
      return pause(retryAfter: retryAfter, at: now, using: &generator)
    }
    phase = .holding(held)
    return settle(at: now) + [readStore()]
  }

  private mutating func timePassed(
    at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch phase {
    case .idle, .opening, .signedOut, .signingIn:
      return []
    // The store may have been unlocked: looking costs nothing.
    case .locked(let pause):
      phase = .opening(pause)
      return [readStore()]
    case .holding(var held):
      switch held.work {
      case .none: return proceed(held, storeIsFresh: false, at: now)
      case .pausing(let pause):
        // A locked store may have been unlocked, and looking costs nothing.
        guard held.storePause == nil, let left = pause.left(at: now) else {
          return proceed(held, storeIsFresh: false, at: now)
        }
        return settle(at: now) + [.wake(after: left)]
      case .awaitingAnswer(let ticket, let sentAt):
        // A clock set back since then would have the answer waited for beyond all measure.
        let wait = Pause(since: min(sentAt, now), length: configuration.requestTimeout)
        guard let left = wait.left(at: now) else {
          return pause(retryAfter: nil, at: now, using: &generator)
        }
        held.work = .awaitingAnswer(ticket, sentAt: wait.since)
        phase = .holding(held)
        return settle(at: now) + [.wake(after: left)]
      case .readingBeforeSend, .readingBeforeSave, .readingBeforeSignOut, .saving:
        return settle(at: now)
      }
    }
  }

  private mutating func accessRefused(_ accessToken: String, at now: NumericDate) -> [Effect] {
    guard case .holding(var held) = phase, !held.isAccessRefused,
      held.session.accessToken.hasSameBytes(as: accessToken)
    else { return [] }
    // A token that has only just come: the server that refused it lags, and a refresh would repeat.
    let shortest = max(held.session.margin(configuration.margin), .seconds(1))
    if now >= held.session.receivedAt, now - held.session.receivedAt < shortest { return [] }
    held.isAccessRefused = true
    guard case .none = held.work else {
      phase = .holding(held)
      return settle(at: now)
    }
    return proceed(held, storeIsFresh: false, at: now)
  }

  /// Clears the store first, so that a crash leaves the user signed out here, then tells the server.
  private mutating func signOut(at now: NumericDate) -> [Effect] {
    var refreshToken: String?
    switch phase {
    case .holding(let held): refreshToken = held.newest.refreshToken
    case .signingIn(let session, _): refreshToken = session.refreshToken
    case .idle, .opening, .locked, .signedOut: break
    }
    let revocation = refreshToken.map { [Effect.sendRevocation(refreshToken: $0)] } ?? []
    return [.erase] + enter(.signedOut(.signedOutByUser), at: now) + revocation
  }
}

extension SessionRestoration.Effect {
  fileprivate var isStateChange: Bool {
    if case .stateChanged = self { true } else { false }
  }
}
