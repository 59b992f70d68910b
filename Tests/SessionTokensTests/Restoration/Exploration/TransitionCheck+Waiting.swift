@testable import SessionTokens

// What the rules of `ExplorationProperty` say of waiting and of what follows it.

extension TransitionCheck {
  /// As time passes the rules of launch hold as well: what is needed is begun, and nothing else.
  func checkTimePassed() throws(ExplorationViolation) {
    guard case .timePassed = event, let held, held.work == .none, held.stored == held.session else {
      return
    }
    let canRefresh = held.session.refreshToken != nil
    let left =
      now < held.session.receivedAt
      ? (canRefresh ? .zero : Duration.seconds(1))
      : held.session.expiresIn - (now - held.session.receivedAt)
    let isEnded = left <= .zero || held.isAccessRefused
    let isNearItsEnd =
      left <= min(configuration.margin, .seconds(held.session.expiresIn.clampedSeconds / 4))
      && held.session.refreshTokenExpiresIn.map { held.session.expiresIn < $0 } ?? true
    try require(
      effects.contains(.readStore) == (canRefresh && (isEnded || isNearItsEnd)), .launchOrder,
      "a refresh begun without need, or not begun")
    try require(
      (after.state == .signedOut(.noRefreshToken)) == (isEnded && !canRefresh), .launchOrder,
      "no refresh token")
  }

  /// "A failed save after success: publish and retry the save".
  func checkFailedSave() throws(ExplorationViolation) {
    guard let session = sessionThatCannotBeSaved else { return }
    guard case .holding(let next) = after.phase else {
      return try require(false, .failedSaveRetried, "the new tokens are lost")
    }
    try require(
      next.session == session && next.stored != session, .failedSaveRetried, "not in use, unsaved")
    try require(
      effects.contains { $0.wakeDelay != nil }, .failedSaveRetried, "the save is not tried again")
  }

  private var sessionThatCannotBeSaved: StoredSession? {
    switch event {
    case .storeRead(.locked) where before.unansweredReads == 1:
      if case .readingBeforeSave(let session) = held?.work { session } else { nil }
    case .saveFailed(let ticket):
      switch (before.phase, held?.work) {
      case (.signingIn(let session, ticket), _), (_, .saving(let session, ticket)): session
      case (_, _): nil
      }
    default: nil
    }
  }

  /// A session starts with no failures: those of the store, and of the session before, are not its.
  func checkFailures() throws(ExplorationViolation) {
    let failures = after.failureCount + after.deadAnswerCount
    if case .signedOut = after.phase {
      try require(failures == 0, .comesBack, "failures outlive the session")
    }
    if case .opening = before.phase, case .holding = after.phase {
      try require(failures == 0, .comesBack, "failures of the store count for the server")
    }
  }

  /// No wake is further off than the longest pause, or than a day where the server asks for it; to
  /// look into a locked store early prolongs nothing.
  func checkWake() throws(ExplorationViolation) {
    var longest = max(configuration.longestBackoff, configuration.requestTimeout)
    if case .answered(_, .unavailable(let retryAfter?, _)) = event {
      longest = max(longest, min(retryAfter, .seconds(86_400)))
    }
    if case .opening(let pause?) = before.phase, case .storeRead(.locked) = event {
      longest = pause.left(at: now) ?? longest
    }
    if let left = held?.storePause?.left(at: now), case .storeRead(.locked) = event {
      longest = left
    }
    if case .pausing(let pause) = held?.work { longest = max(longest, pause.length) }
    for delay in effects.compactMap({ $0.wakeDelay }) {
      try require(.zero < delay && delay <= longest, .everyWaitEnds, "a wake too far off")
    }
  }
}
