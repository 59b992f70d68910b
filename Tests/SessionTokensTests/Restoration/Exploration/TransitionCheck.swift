@testable import SessionTokens

/// The properties that one transition shows by itself.
struct TransitionCheck {
  let before: SessionRestoration
  let event: SessionRestoration.Event
  let effects: [SessionRestoration.Effect]
  let after: SessionRestoration
  let now: NumericDate
  let configuration: SessionRestoration.Configuration

  /// The first property that the transition breaks.
  var violation: ExplorationViolation? {
    do throws(ExplorationViolation) {
      try checkAwaitedEffects()
      try checkSending()
      try checkErasing()
      try checkTelling()
      try checkLaunch()
      try checkRefusedAccess()
      try checkRetryAfter()
      try checkTimePassed()
      try checkFailedSave()
      try checkFailures()
      try checkWake()
      return nil
    } catch {
      return error
    }
  }

  /// The session in use before.
  var held: SessionRestoration.Held? {
    if case .holding(let held) = before.phase { held } else { nil }
  }

  /// Throws where `holds` is false, with what was done.
  func require(
    _ holds: Bool, _ property: ExplorationProperty, _ detail: String
  ) throws(ExplorationViolation) {
    try ExplorationViolation.require(
      holds, property, "\(detail): \(before.state), \(event) at \(now) → \(effects), \(after.state)"
    )
  }

  private func checkAwaitedEffects() throws(ExplorationViolation) {
    let awaited = effects.indices.filter { effects[$0].isAwaited }
    try require(
      awaited.isEmpty || awaited == [effects.count - 1], .oneAwaitedEffectAndLast,
      "an awaited effect is not the last one")
  }

  private func checkSending() throws(ExplorationViolation) {
    for case .send(let request, _) in effects {
      guard case .storeRead(.found(let stored)) = event else {
        return try require(false, .readBeforeSent, "sent without a look into the store")
      }
      try require(
        request.refreshToken == stored.refreshToken
          && request.idempotencyKey == stored.idempotencyKey,
        .readBeforeSent, "sent what the store does not hold")
      // A look into the store that is there for the request was needed when it began.
      if held?.work != .readingBeforeSend || held?.session != stored {
        try checkNeed(of: stored)
      }
    }
    guard case .holding(let next) = after.phase, next.work == .readingBeforeSend,
      held?.work != .readingBeforeSend
    else { return }
    try checkNeed(of: next.session)
  }

  private func checkNeed(of session: StoredSession) throws(ExplorationViolation) {
    var isRefused = false
    if case .holding(let next) = after.phase { isRefused = next.isAccessRefused }
    let left = session.accessLifeLeft(at: now) ?? .zero
    try require(
      isRefused || left <= .zero
        || left <= session.margin(configuration.margin)
          && !session.accessEndsWithSession,
      .launchOrder, "refreshed without need")
  }

  private func checkErasing() throws(ExplorationViolation) {
    let erases = effects.filter { $0 == .erase }.count
    guard case .signedOutByUser = event else {
      var isRefused = false
      if case .signedOut(.refused) = after.state { isRefused = true }
      try require(!effects.contains { $0.isRevocation }, .erasedFirstAndForCause, "revoked")
      return try require(
        erases == (isRefused && after.state != before.state ? 1 : 0), .erasedFirstAndForCause,
        "erased without cause, or not erased")
    }
    try require(
      effects.first == .erase && erases == 1, .erasedFirstAndForCause, "erasing is not the first")
    let newest: String?
    switch (before.phase, held?.work) {
    case (.signingIn(let session, _), _), (_, .readingBeforeSave(let session)),
      (_, .saving(let session, _)):
      newest = session.refreshToken
    default: newest = held?.session.refreshToken
    }
    try require(
      effects.filter { $0.isRevocation }
        == (newest.map { [.sendRevocation(refreshToken: $0)] } ?? []),
      .signOutReachesServer, "the server is not told of the newest token")
  }

  private func checkTelling() throws(ExplorationViolation) {
    let told = effects.compactMap(\.state)
    try require(
      told == (after.state == before.state ? [] : [after.state]), .changesAreTold,
      "a change was not told, or not once")
    if let held, held.isAccessRefused {
      try require(
        after.access(at: now) != .attach(accessToken: held.session.accessToken),
        .refusedAccessIsRefreshed, "a refused token is used again")
    }
    let renewals = effects.filter { $0 == .accessRenewed }.count
    let isActive = effects.contains(.stateChanged(.active))
    guard case .attach(let token) = after.access(at: now), held?.session.accessToken != token else {
      return try require(renewals == 0, .changesAreTold, "told of a token that is not new")
    }
    try require(renewals == 1 || renewals == 0 && isActive, .changesAreTold, "a new token, untold")
  }
}
