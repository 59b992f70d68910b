@testable import SessionTokens

extension FuzzedApp {
  /// What must hold of the effects of one event.
  func check(_ effects: [Machine.Effect], of event: Machine.Event, _ before: Machine.State) {
    require(
      effects.dropLast().allSatisfy { !$0.isAwaited },
      "at most one effect is awaited, and it comes last")
    var state = before
    for effect in effects {
      switch effect {
      case .stateChanged(let next):
        require(next != state, "a change is one")
        state = next
      case .save(let session, _): checkSave(session, of: event)
      case .send(let request, _): checkSend(request, of: event)
      case .erase: require(mayErase(event), "the store is emptied for a reason")
      case .wake(let delay):
        require(.zero < delay && delay <= .seconds(86_400), "a wake is ahead, by at most a day")
      case .sendRevocation:
        require(event == .signedOutByUser, "the server hears of a sign-out by the user")
      case .readStore, .accessRenewed: break
      }
    }
    require(state == machine.state, "every change of state is told")
  }

  /// What must hold between events: whatever the machine waits for was asked for.
  func check(after event: Machine.Event) {
    checkAccess()
    if isHostile { return }
    switch machine.phase {
    case .idle, .signedOut: break
    case .opening: require(unansweredReads > 0, "a read that is awaited was asked for")
    case .locked: require(isWaked, "a locked store is looked at again")
    case .signingIn(let session, let ticket):
      require(saves[ticket] == session, "a save that is awaited was asked for")
    case .holding(let held):
      switch held.work {
      case .none: require(!held.isUnsaved, "nothing is left unsaved")
      case .readingBeforeSend, .readingBeforeSave, .readingBeforeSignOut:
        require(unansweredReads > 0, "a read that is awaited was asked for")
      case .awaitingAnswer(let ticket, _):
        require(sends[ticket] != nil && isWaked, "an answer that is awaited has a time-out")
      case .saving(let session, let ticket):
        require(saves[ticket] == session, "a save that is awaited was asked for")
      case .pausing: require(isWaked, "a pause ends")
      }
    }
  }

  private func checkSave(_ session: StoredSession, of event: Machine.Event) {
    let isOffered = offered.contains { response in
      response.accessToken == session.accessToken && response.expiresIn == session.expiresIn
        && (response.refreshToken == nil || response.refreshToken == session.refreshToken)
    }
    require(isOffered, "only tokens that came since the last sign-out are saved")
    switch event {
    case .signedIn(let response):
      require(
        response.accessToken == session.accessToken
          && response.refreshToken == session.refreshToken,
        "a sign-in's own tokens are saved")
    case .storeRead(.found(let stored)):
      require(
        stored.refreshToken == lastSent?.refreshToken,
        "only the token that was sent is saved over")
    case .timePassed: break
    case .launched, .storeRead, .saved, .saveFailed, .answered, .accessRefused, .signedOutByUser:
      require(event.isAfterFailedSave, "the store is compared before it is replaced")
    @unknown default: require(false, "every event is known")
    }
  }

  private func checkSend(_ request: Machine.RefreshRequest, of event: Machine.Event) {
    guard case .storeRead(.found(let stored)) = event else {
      return require(false, "the store is read before a request is sent")
    }
    require(
      stored.refreshToken == request.refreshToken
        && stored.idempotencyKey == request.idempotencyKey,
      "what is sent is what the store holds, with its key")
  }

  private func mayErase(_ event: Machine.Event) -> Bool {
    switch event {
    case .signedOutByUser: true
    case .storeRead(.found): wasRefused
    case .launched, .storeRead, .saved, .saveFailed, .signedIn, .answered, .timePassed,
      .accessRefused:
      false
    @unknown default: false
    }
  }

  private func checkAccess() {
    switch (machine.access(at: now), machine.state) {
    case (.attach(let token), _):
      require(token.hasPrefix("access-"), "a token that came is attached")
    case (.signIn(let reason), .signedOut(let told)):
      require(reason == told, "one reason is told")
    case (.signIn(let reason), _):
      require(reason == .noRefreshToken, "nobody has to sign in who can refresh")
    case (.wait, .signedOut):
      if case .signingIn = machine.phase { return }
      require(false, "nobody waits who is signed out")
    case (.wait, _): break
    }
  }
}

extension SessionRestoration.Effect {
  fileprivate var isAwaited: Bool {
    switch self {
    case .readStore, .save, .send: true
    case .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation: false
    }
  }
}

extension SessionRestoration.Event {
  fileprivate var isAfterFailedSave: Bool {
    switch self {
    case .accessRefused, .saved, .saveFailed: true
    case .launched, .storeRead, .signedIn, .answered, .timePassed, .signedOutByUser: false
    @unknown default: false
    }
  }
}
