// What the store said: what it holds, and what became of a save.

extension SessionRestoration {
  /// Takes what a read of the store found.
  mutating func storeRead(
    _ reading: StoredSession.Reading, at now: NumericDate,
    using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    // Reads are answered in order. One from before a sign-out must not be taken for a later one's.
    unansweredReads = max(0, unansweredReads - 1)
    guard unansweredReads == 0 else { return [] }
    return switch phase {
    case .idle, .locked, .signedOut, .signingIn: []
    case .opening(let pause): open(reading, during: pause, at: now, using: &generator)
    case .holding(let held): reread(held, reading, at: now, using: &generator)
    }
  }

  private mutating func open(
    _ reading: StoredSession.Reading, during pause: Pause?, at now: NumericDate,
    using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch reading {
    case .locked:
      if let pause, let left = pause.left(at: now) {
        phase = .locked(pause)
        return settle(at: now) + [.wake(after: left)]
      }
      let pause = makePause(retryAfter: nil, at: now, using: &generator)
      phase = .locked(pause)
      return settle(at: now) + [.wake(after: pause.length)]
    case .corrupt: return enter(.signedOut(.storeCorrupt), at: now)
    case .empty: return enter(.signedOut(.neverSignedIn), at: now)
    case .found(let session):
      failureCount = 0
      return proceed(Held(session: session, stored: session), storeIsFresh: true, at: now)
    }
  }

  private mutating func reread(
    _ held: Held, _ reading: StoredSession.Reading, at now: NumericDate,
    using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    var held = held
    let stored: StoredSession
    switch (reading, held.work) {
    case (_, .none), (_, .awaitingAnswer), (_, .saving), (_, .pausing): return []
    case (.found(let session), _): stored = session
    // Another process of the app has signed out.
    case (.empty, _): return enter(.signedOut(.signedOutByUser), at: now)
    case (.corrupt, _): return enter(.signedOut(.storeCorrupt), at: now)
    // What cannot be compared cannot be saved over: as with a save that failed.
    case (.locked, .readingBeforeSave(let session)):
      return use(session, instead: held, stored: held.stored, at: now)
        + pauseForStore(at: now, using: &generator)
    case (.locked, _): return pauseForStore(at: now, using: &generator)
    }
    held.storePause = nil
    switch held.work {
    case .readingBeforeSend where stored == held.session:
      return send(held, at: now)
    case .readingBeforeSave(let session) where isUnchanged(stored, since: held):
      return [save(session, instead: held)]
    case .readingBeforeSignOut(let code) where isUnchanged(stored, since: held):
      return [.erase] + enter(.signedOut(.refused(code)), at: now)
    // Another process of the app has rotated: what it stored is the session now.
    case .readingBeforeSend, .readingBeforeSave, .readingBeforeSignOut:
      return adopt(stored, instead: held, at: now)
    case .none, .awaitingAnswer, .saving, .pausing:
      return []
    }
  }

  /// Puts to use what was saved.
  mutating func saved(
    _ ticket: Ticket, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch phase {
    case .signingIn(let session, ticket):
      return use(session, instead: nil, stored: session, at: now)
        + proceedAfterSave(at: now, using: &generator)
    case .holding(let held):
      guard case .saving(let session, ticket) = held.work else { return [] }
      return use(session, instead: held, stored: session, at: now)
        + proceedAfterSave(at: now, using: &generator)
    case .idle, .opening, .locked, .signedOut, .signingIn:
      return []
    }
  }

  /// Publishes all the same and tries again later: after a crash the old token with its key gets the
  /// same tokens once more.
  mutating func saveFailed(
    _ ticket: Ticket, at now: NumericDate, using generator: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch phase {
    case .signingIn(let session, ticket):
      return use(session, instead: nil, stored: nil, at: now)
        + pause(retryAfter: nil, at: now, using: &generator)
    case .holding(let held):
      guard case .saving(let session, ticket) = held.work else { return [] }
      return use(session, instead: held, stored: held.stored, at: now)
        + pause(retryAfter: nil, at: now, using: &generator)
    case .idle, .opening, .locked, .signedOut, .signingIn:
      return []
    }
  }
}
