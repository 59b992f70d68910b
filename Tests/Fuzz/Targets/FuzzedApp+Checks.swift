// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension FuzzedApp {
  /// Checks the effects of one event, and the machine after it.
  func check(_ effects: [Machine.Effect], of event: Machine.Event, _ before: Machine) {
    require(
      zip(effects, effects.dropFirst()).allSatisfy { $0.rank < $1.rank },
      "each kind comes once and in its place, and what is awaited comes last")
    var state = before.state
    for effect in effects {
      switch effect {
      case .sessionInUse(let name):
        require(machine.memory.session?.inUse?.name.text == name, "the name is that of the session")
      case .stateChanged(let next):
        require(next != state, "a change is one")
        if case .signedOut(let reason) = next { checkSignedOut(reason, event, before) }
        state = next
      case .wake(let delay):
        require(
          .seconds(1) <= delay && delay <= .seconds(86_400), "a wake is ahead, by at most a day")
      case .sendRevocation(let refreshToken): checkRevocation(refreshToken, event)
      case .save(let session, _): checkSave(session, event)
      case .erase: checkErase(event)
      case .refresh(let request, _): checkRequest(request, event)
      case .accessRenewed, .readStore: break
      }
    }
    require(state == machine.state, "every change of state is told")
    // An answer that isn't awaited is ignored, however late it is.
    if machine == before, effects.isEmpty { return }
    checkIsNotLeftBehind()
    checkAccess()
    require(
      requestCount <= 20 + Int(forward.components.seconds / 90) + exceptionCount,
      "requests are bounded")
  }

  /// A5: the machine waits only for requested effects, for a limited time, and rests only when all
  /// is done.
  private func checkIsNotLeftBehind() {
    let memory = machine.memory
    if memory.pause != nil { require(isWaked, "a pause ends") }
    switch memory.awaited?.kind {
    case .look, nil: break
    case .read, .save, .erase, .refresh: require(isWaked, "an effect has a time-out")
    }
    if memory.awaited != nil || memory.pause != nil { return }
    switch memory.situation {
    case .unread(let isLaunched, _): require(!isLaunched, "a launched machine reads the store")
    case .signedOut(_, let cleanup): require(cleanup == nil, "a cleanup is not forgotten")
    case .session(let session):
      require(
        session.inUse == session.newest && session.stored == .blob(session.newest)
          && session.refusal == nil,
        "a session that rests is published and saved")
      require(machine.state == .active, "a session that rests is active")
    }
  }

  private func checkSignedOut(
    _ reason: Machine.SignInReason, _ event: Machine.Event, _ before: Machine
  ) {
    let reading: StoredSession.Reading? =
      if case .storeRead(_, let reading) = event { reading } else { nil }
    switch reason {
    case .neverSignedIn: require(reading == .empty, "the store was empty")
    case .storeCorrupt: require(reading == .corrupt, "the store was corrupt")
    case .signedOutByUser:
      require(event == .signedOutByUser || reading == .empty, "somebody has signed out")
    case .noRefreshToken:
      let blobs = [before.memory.session?.newest, reading?.session?.blob].compactMap { $0 }
      require(blobs.contains { $0.refreshToken == nil }, "there was no refresh token")
    case .refused(let code):
      require(code.isDefinitive, "the refusal is final")
      require(
        refusals.contains(code) || reading?.session?.blob.spentBy == code, "a server has refused")
    @unknown default: require(false, "every reason is known")
    }
  }

  private func checkRevocation(_ refreshToken: String, _ event: Machine.Event) {
    require(
      offered.contains { $0.refreshToken == refreshToken }, "a token that came is revoked")
    switch event {
    case .signedOutByUser, .signedIn: break
    case .storeRead(_, .found): break
    case .answered(_, .tokens(let response)):
      require(response.refreshToken == refreshToken, "a late answer's own token is revoked")
    default: require(false, "the server hears of sessions that ended")
    }
  }

  private func checkSave(_ session: StoredSession, _ event: Machine.Event) {
    require(
      offered.contains { response in
        response.accessToken == session.blob.accessToken.text
          && response.expiresIn == session.blob.expiresIn
      }, "only tokens that came are saved")
    guard case .storeRead(_, let reading) = event, reading != .locked else {
      return require(false, "the store is compared before it is replaced")
    }
    require(reading != .found(session), "what the store holds is not saved again")
  }

  private func checkErase(_ event: Machine.Event) {
    guard case .storeRead(_, let reading) = event else {
      return require(false, "the store is compared before it is emptied")
    }
    switch reading {
    case .locked, .empty: require(false, "there is something to erase")
    case .corrupt: break
    case .found(let session):
      require(
        machine.memory.ended.sessions.contains(session.blob.name) || session.blob.spentBy != nil,
        "a session is erased that has ended here, or that is of no use")
    }
  }

  private func checkRequest(_ request: Machine.RefreshRequest, _ event: Machine.Event) {
    guard case .storeRead(_, let reading) = event else {
      return require(false, "the store is read before a request is sent")
    }
    require(request.sendBefore == now + requestTimeout, "a request has its last moment")
    guard let newest = machine.memory.session?.newest else {
      return require(false, "a session is refreshed")
    }
    require(
      request.refreshToken == newest.refreshToken?.text
        && request.idempotencyKey == newest.idempotencyKey.text,
      "the newest token is sent, with its key")
    require(newest.spentBy == nil, "a spent token is not sent")
    if reading != .found(StoredSession(blob: newest)) {
      require(
        machine.memory.session?.stored != .blob(newest),
        "only an unsaved session is in memory alone")
    }
  }

  private func checkAccess() {
    switch (machine.access(at: now), machine.state) {
    case (.attach(let token), let state):
      require(token.hasPrefix("access-"), "a token that came is attached")
      require(state == .active, "a token is attached in the state active")
    case (.signIn(let reason), .signedOut(let told)):
      require(reason == told, "one reason is told")
    case (.signIn(let reason), _):
      require(reason == .noRefreshToken, "nobody has to sign in who can refresh")
    case (.wait, .signedOut), (.wait, .active):
      require(machine.memory.session?.inUse == nil, "nobody waits without a reason")
    case (.wait, _): break
    }
  }
}

extension StoredSession.Reading {
  fileprivate var session: StoredSession? {
    if case .found(let session) = self { session } else { nil }
  }
}

extension SessionRestoration.Effect {
  /// The place of the kind among the effects of one event.
  fileprivate var rank: Int {
    switch self {
    case .sessionInUse: 0
    case .stateChanged: 1
    case .accessRenewed: 2
    case .wake: 3
    case .sendRevocation: 4
    case .readStore, .save, .erase, .refresh: 5
    }
  }
}
