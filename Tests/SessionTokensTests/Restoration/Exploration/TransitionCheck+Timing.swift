@testable import SessionTokens

// What the rules of `ExplorationProperty` say of moments, written down a second time.

extension TransitionCheck {
  /// "At launch, first match wins".
  func checkLaunch() throws(ExplorationViolation) {
    guard case .opening = before.phase, case .storeRead(let reading) = event,
      before.unansweredReads == 1
    else { return }
    let isSent = effects.contains { if case .send = $0 { true } else { false } }
    switch reading {
    case .locked:
      try require(after.state == .storeLocked, .launchOrder, "locked: wait")
      try require(effects.contains { $0.wakeDelay != nil }, .everyWaitEnds, "locked: wake")
    case .corrupt:
      try require(after.state == .signedOut(.storeCorrupt), .launchOrder, "corrupt: sign in")
      try require(!effects.contains(.erase), .corruptBlobKept, "corrupt: keep the blob")
    case .empty:
      try require(after.state == .signedOut(.neverSignedIn), .launchOrder, "nothing: sign in")
    case .found(let stored):
      let canRefresh = stored.refreshToken != nil
      let left = now < stored.receivedAt ? nil : stored.expiresIn - (now - stored.receivedAt)
      let margin = min(configuration.margin, .seconds(stored.expiresIn.clampedSeconds / 4))
      let endsWithSession = stored.refreshTokenExpiresIn.map { stored.expiresIn >= $0 } ?? false
      switch left {
      case nil where canRefresh:
        try require(isSent && after.state == .refreshing, .launchOrder, "clock before receipt")
      case nil:
        try require(!isSent && after.state == .active, .launchOrder, "nothing better to be had")
      case let left? where left > margin:
        try require(!isSent && after.state == .active, .launchOrder, "life left: resume")
      case let left? where left > .zero:
        try require(
          isSent == (canRefresh && !endsWithSession) && after.state == .active, .launchOrder,
          "near its end: resume and refresh")
      case _? where canRefresh:
        try require(isSent && after.state == .refreshing, .launchOrder, "ended: refresh")
      case _?:
        try require(
          after.state == .signedOut(.noRefreshToken), .launchOrder, "no refresh token: sign in")
      }
    }
  }

  /// "A 401 forces a refresh unless that access token was received less than a margin ago".
  func checkRefusedAccess() throws(ExplorationViolation) {
    guard case .accessRefused(let accessToken) = event else { return }
    guard let held, held.session.accessToken == accessToken else {
      return try require(
        after == before && effects.isEmpty, .refusedAccessIsRefreshed, "not in use, yet it counts")
    }
    let margin = min(configuration.margin, .seconds(held.session.expiresIn.clampedSeconds / 4))
    let age = now - held.session.receivedAt
    if age >= .zero, age < max(margin, .seconds(1)) {
      try require(
        after == before && effects.isEmpty, .refusedAccessIsRefreshed,
        "just received, yet it counts")
    } else {
      try require(
        after.access(at: now) != .attach(accessToken: accessToken), .refusedAccessIsRefreshed,
        "still in use")
      try require(
        held.work != .none || effects.contains(.readStore)
          || after.state == .signedOut(.noRefreshToken),
        .refusedAccessIsRefreshed, "no refresh")
    }
  }

  /// "Network trouble, 408, 425, 429, 5xx, HTML, unknown 400s: suspend …, keep the tokens".
  func checkRetryAfter() throws(ExplorationViolation) {
    guard case .answered(let ticket, let answer) = event, let held,
      case .awaitingAnswer(ticket, _) = held.work
    else { return }
    let least: Duration
    switch answer {
    case .tokens: return
    case .refused(let code) where code.isDefinitive: return
    case .refused, .unreachable: least = .seconds(1)
    case .unavailable(let retryAfter, _):
      least = max(.seconds(1), min(retryAfter ?? .zero, .seconds(86_400)))
    }
    guard case .holding(let next) = after.phase else {
      return try require(false, .signedOutOnlyForCause, "trouble gave the session up")
    }
    try require(next.session == held.session, .comesBack, "trouble lost the tokens")
    try require(
      effects.contains { $0.wakeDelay.map { $0 >= least } ?? false }, .retryAfterHonoured,
      "the pause is too short")
    try require(!next.hasUsableAccess(at: now) || after.state == .active, .comesBack, "in use")
  }
}
