// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The properties of a single transition of a machine: the rules, written a second time.
struct TransitionCheck {
  let before: SessionRestoration
  let event: SessionRestoration.Event
  let effects: [SessionRestoration.Effect]
  let after: SessionRestoration
  let now: NumericDate

  /// The first property that the transition breaks.
  var violation: ExplorationViolation? {
    do throws(ExplorationViolation) {
      guard before.memory.isAwaiting(event, at: now) else {
        try require(
          effects.isEmpty && after == before, .a4LateAnswersChangeNothing,
          "an answer that nobody awaits")
        return nil
      }
      try checkOrderOfEffects()
      try checkTelling()
      try checkLaunch()
      try checkSending()
      try checkSaving()
      try checkFailedSave()
      try checkSignIn()
      try checkSignOut()
      try checkAbandonedAnswer()
      try checkPauses()
      try checkRetry()
      try checkRefusedAccess()
      try checkOddReading()
      try checkTimePassed()
      return nil
    } catch {
      return error
    }
  }

  private func require(
    _ holds: Bool, _ property: ExplorationProperty, _ detail: @autoclosure () -> String
  ) throws(ExplorationViolation) {
    try ExplorationViolation.require(
      holds, property,
      "\(detail()): \(before.state), \(event) at \(now) → \(effects), \(after.state)")
  }

  // MARK: Effects

  private func checkOrderOfEffects() throws(ExplorationViolation) {
    let ranks = effects.map { effect in
      switch effect {
      case .sessionInUse: 0
      case .stateChanged: 1
      case .accessRenewed: 2
      case .wake: 3
      case .sendRevocation: 4
      case .readStore, .save, .erase, .refresh: 5
      }
    }
    try require(
      zip(ranks, ranks.dropFirst()).allSatisfy { $0 < $1 }, .effectsAreInOrder, "\(ranks)")
  }

  private func checkTelling() throws(ExplorationViolation) {
    let told = effects.compactMap { effect in
      if case .stateChanged(let state) = effect { state } else { nil }
    }
    try require(
      told == (after.state == before.state ? [] : [after.state]), .changesAreTold,
      "a change was not told, or not once")
    let isRenewed = effects.contains(.accessRenewed)
    let token = attached(after)
    let isNew = token != nil && token != attached(before)
    try require(
      !isNew || isRenewed || after.state != before.state || token == before.accessTokenInUse,
      .changesAreTold, "a new token, untold")
    try require(!isRenewed || isNew, .changesAreTold, "told of a token that is not new")
    let name = after.memory.session?.inUse?.name
    let names = effects.compactMap { effect in
      if case .sessionInUse(let name) = effect { name } else { nil }
    }
    let isNamed = name == nil || name == before.memory.announcedName
    try require(
      names == (isNamed ? [] : [name?.text ?? ""]), .rule8SessionIsNamed, "told \(names)")
  }

  private func attached(_ machine: SessionRestoration) -> String? {
    if case .attach(let token) = machine.access(at: now) { token } else { nil }
  }

  private var awaited: SessionRestoration.Effect? {
    switch effects.last {
    case .readStore?, .save?, .erase?, .refresh?: effects.last
    case .sessionInUse?, .stateChanged?, .accessRenewed?, .wake?, .sendRevocation?, nil: nil
    }
  }

  private var isReadBegun: Bool { if case .readStore? = awaited { true } else { false } }

  private var revocation: String? {
    effects.compactMap { effect in
      if case .sendRevocation(let token) = effect { token } else { nil }
    }.first
  }

  // MARK: The launch order

  private typealias Blob = StoredSession.Blob

  /// The decision of the launch order on a blob.
  private func call(_ blob: Blob, isRefused: Bool = false) -> (resumes: Bool, refreshes: Bool) {
    let canRefresh = blob.refreshToken != nil
    if isRefused { return (false, canRefresh) }
    guard now >= blob.receivedAt else { return (!canRefresh, canRefresh) }
    let left = blob.expiresIn - (now - blob.receivedAt)
    guard left > .zero else { return (false, canRefresh) }
    let margin = min(Duration.seconds(60), .seconds(blob.expiresIn.clampedSeconds / 4))
    let endsWithSession = blob.refreshTokenExpiresIn.map { blob.expiresIn >= $0 } ?? false
    return (true, left <= margin && canRefresh && !endsWithSession)
  }

  private func checkLaunch() throws(ExplorationViolation) {
    guard case .unread(_, let lockedSince) = before.memory.situation,
      case .storeRead(_, let reading) = event
    else { return }
    switch reading {
    case .locked:
      try require(
        after.state == .storeLocked(since: lockedSince ?? now) && awaited == nil, .launchOrder,
        "locked: wait")
    case .empty:
      try require(after.state == .signedOut(.neverSignedIn), .launchOrder, "nothing: sign in")
    case .corrupt:
      let isBelieved = before.memory.isDoubtful
      try require(
        isBelieved == (after.state == .signedOut(.storeCorrupt)) && awaited == nil,
        .rule11OddReadingIsDoubted, "corrupt at launch")
    case .found(let found):
      if let code = found.blob.spentBy {
        return try require(
          after.state == .signedOut(.refused(code)) && awaited == nil, .launchOrder, "spent")
      }
      let call = call(found.blob)
      let isSent = if case .refresh? = awaited { true } else { false }
      let expected: SessionRestoration.State =
        call.resumes ? .active : call.refreshes ? .refreshing : .signedOut(.noRefreshToken)
      try require(
        isSent == call.refreshes && after.state == expected, .launchOrder,
        "not \(expected), refresh: \(call.refreshes)")
    }
  }

  /// As time passes the launch order applies too: only necessary work begins.
  private func checkTimePassed() throws(ExplorationViolation) {
    guard case .timePassed = event, let session = before.memory.session,
      before.memory.awaited == nil, before.memory.pause == nil, session.refusal == nil,
      session.inUse == session.newest, session.stored == .blob(session.newest)
    else { return }
    let call = call(session.newest, isRefused: session.isAccessRefused)
    try require(isReadBegun == call.refreshes, .launchOrder, "a refresh without need, or none")
    try require(
      (after.state == .signedOut(.noRefreshToken)) == !(call.resumes || call.refreshes),
      .launchOrder, "no refresh token")
  }

  // MARK: Rules 1 – 3

  private func checkSending() throws(ExplorationViolation) {
    guard case .refresh(let request, _)? = awaited else { return }
    guard case .storeRead(_, let reading) = event, let session = after.memory.session else {
      return try require(false, .rule1ReadBeforeSent, "sent without a look into the store")
    }
    let newest = session.newest
    try require(
      request.secretToken == newest.refreshToken
        && request.secretKey == SecretString(newest.idempotencyKey.text) && newest.spentBy == nil,
      .rule1ReadBeforeSent, "not the newest token with its own key")
    try require(
      request.sendBefore == now + before.configuration.requestTimeout, .rule1ReadBeforeSent,
      "sendBefore")
    let call = call(newest, isRefused: session.isAccessRefused)
    try require(call.refreshes, .launchOrder, "refreshed without need")
    var isKnownElsewhere = false
    switch reading {
    case .found(let found) where found.blob == newest: return
    case .found(let found): isKnownElsewhere = found.blob.name == newest.name
    case .locked: isKnownElsewhere = true
    case .empty, .corrupt: break
    }
    try require(
      before.memory.session?.newest == newest, .rule1ReadBeforeSent,
      "sent what the store does not hold")
    try require(
      !call.resumes && !(before.configuration.sharesStore && isKnownElsewhere),
      .rule3FailedSaveIsRetried, "an unsaved token was sent")
    try require(
      session.attempted == newest || reading == .locked, .rule3FailedSaveIsRetried,
      "sent before it was tried to be saved")
  }

  private func checkSaving() throws(ExplorationViolation) {
    guard case .save(let saved, _)? = awaited else { return }
    guard case .storeRead(_, let reading) = event, reading != .locked else {
      return try require(false, .rule2ComparedBeforeSaved, "saved without a look into the store")
    }
    try require(
      saved.blob == after.memory.session?.newest || saved.blob.spentBy != nil,
      .rule2ComparedBeforeSaved, "not the newest tokens")
  }

  /// Tokens that can't be saved are in use at once, and their save is tried again.
  private func checkFailedSave() throws(ExplorationViolation) {
    guard let session = before.memory.session, session.refusal == nil else { return }
    switch event {
    case .saveFailed: break
    case .storeRead(_, .locked) where session.stored != .blob(session.newest): break
    case .storeRead, .saved, .launched, .erased, .eraseFailed, .answered, .signedIn,
      .accessRefused, .signedOutByUser, .timePassed, .retryRequested:
      return
    @unknown default: return
    }
    guard let next = after.memory.session, next.newest == session.newest else {
      return try require(false, .rule3FailedSaveIsRetried, "the new tokens are lost")
    }
    try require(
      next.inUse == next.newest && next.stored != .blob(next.newest), .rule3FailedSaveIsRetried,
      "not in use")
    try require(after.memory.wakeAt != nil, .rule3FailedSaveIsRetried, "not tried again")
  }

  // MARK: Rules 4 and 6

  private func mayBeRevoked(_ blob: Blob) -> Bool {
    blob.spentBy == nil && blob.refreshToken != nil
      && blob.refreshToken != before.memory.ended.revoked
  }

  private func checkSignIn() throws(ExplorationViolation) {
    guard case .signedIn(let response) = event else { return }
    guard let session = after.memory.session else {
      return try require(false, .rule4ReplacedIsRevoked, "no session after a sign-in")
    }
    try require(
      session.newest.accessToken == SecretString(response.accessToken) && isReadBegun,
      .rule2ComparedBeforeSaved, "a sign-in reads first")
    var expected: String?
    if let replaced = before.memory.session, mayBeRevoked(replaced.newest) {
      let isAlive =
        now >= replaced.newest.receivedAt
        && now - replaced.newest.receivedAt < replaced.newest.expiresIn
      if replaced.hasReceivedTokens || isAlive { expected = replaced.newest.refreshToken?.text }
    }
    try require(revocation == expected, .rule4ReplacedIsRevoked, "replaced")
  }

  private func checkSignOut() throws(ExplorationViolation) {
    guard case .signedOutByUser = event else { return }
    try require(
      after.state == .signedOut(.signedOutByUser) && isReadBegun, .rule6SignOutIsShown,
      "not shown, or the store not read")
    let newest = before.memory.session?.newest
    let expected = newest.flatMap { mayBeRevoked($0) ? $0.refreshToken?.text : nil }
    try require(
      revocation == expected, .a8SignOutReachesServer, "the server is not told of the newest token")
  }

  private func checkAbandonedAnswer() throws(ExplorationViolation) {
    guard case .answered(let ticket, let answer) = event,
      before.memory.abandoned.contains(where: { $0.ticket == ticket })
    else { return }
    // Changes by time alone.
    var withoutAnswer = before
    _ = withoutAnswer.handle(.accessRefused(accessToken: ""), at: now)
    try require(
      after.state == withoutAnswer.state
        && after.memory.session?.newest == before.memory.session?.newest,
      .a4LateAnswersChangeNothing, "the answer to a request of a session that ended")
    if case .tokens(let response) = answer {
      try require(
        revocation == response.refreshToken, .a8SignOutReachesServer, "newer tokens not revoked")
    }
  }

  // MARK: Rules 9 – 11

  /// A pause after a failure is min(maximum, 2ⁿ) s, jitter in its upper half, and at least the
  /// server's Retry-After.
  private func checkPauses() throws(ExplorationViolation) {
    let count = after.memory.failureCount
    if let pause = before.memory.pause, !pause.isForLockedStore, pause.wait.left(at: now) != nil,
      case .refresh? = awaited
    {
      try require(
        event == .retryRequested, .rule9PausesAreBounded, "sent during a pause")
    }
    guard count > before.memory.failureCount, let pause = after.memory.pause else { return }
    var asked = Duration.zero
    var isRetried = before.memory.isRetryRequested
    if case .answered(_, .unavailable(let retryAfter?, _)) = event { asked = retryAfter }
    asked = min(asked, .seconds(900))
    let maximum = max(asked, min(.seconds(300), .seconds(1 << min(count, 20))))
    if event == .retryRequested { isRetried = true }
    let isOfServer = if case .server? = after.memory.suspension?.cause { true } else { false }
    let shortest = max(asked, .seconds(isOfServer ? 5 : 1))
    let minimum = isRetried ? min(shortest, maximum) : max(asked, maximum / 2)
    let left = after.memory.session?.inUse.map { $0.expiresIn - (now - $0.receivedAt) }
    let isShortened = left.map { $0 > .zero && pause.wait.length == $0 } ?? false
    try require(
      pause.wait.since == now && pause.wait.length <= maximum
        && (pause.wait.length >= minimum || isShortened),
      .rule9PausesAreBounded, "\(pause.wait.length), not \(minimum) … \(maximum)")
  }

  /// When connectivity is back, the machine tries at once if the last attempt got no response.
  private func checkRetry() throws(ExplorationViolation) {
    guard event == .retryRequested, before.memory.session != nil, before.memory.awaited == nil,
      let pause = before.memory.pause, let trouble = before.memory.suspension,
      trouble.cause == .unreachable || trouble.cause == .store,
      now >= pause.wait.since + .seconds(1)
    else { return }
    try require(isReadBegun, .rule9PausesAreBounded, "a retry was asked for")
  }

  private func checkRefusedAccess() throws(ExplorationViolation) {
    guard case .accessRefused(let accessToken) = event else { return }
    let session = before.memory.session
    guard let session, let inUse = session.inUse,
      inUse.accessToken == SecretString(accessToken), !session.isAccessRefused
    else {
      return try require(
        after.memory.session?.isAccessRefused == session?.isAccessRefused,
        .rule10RefusedAccessIsRefreshed, "not in use, yet it counts")
    }
    let margin = min(Duration.seconds(60), .seconds(inUse.expiresIn.clampedSeconds / 4))
    let age = now - inUse.receivedAt
    if age >= .zero, age < max(margin, .seconds(10)) {
      return try require(
        after.memory.session?.isAccessRefused == false, .rule10RefusedAccessIsRefreshed,
        "just received, yet it counts")
    }
    try require(attached(after) != accessToken, .rule10RefusedAccessIsRefreshed, "still in use")
    let isBusy = before.memory.awaited != nil || before.memory.pause != nil
    try require(
      isBusy || isReadBegun || after.state == .signedOut(.noRefreshToken),
      .rule10RefusedAccessIsRefreshed, "no refresh")
  }

  private func checkOddReading() throws(ExplorationViolation) {
    guard case .storeRead(_, let reading) = event, reading == .empty || reading == .corrupt,
      let session = before.memory.session, session.stored == .blob(session.newest),
      !before.memory.isDoubtful
    else { return }
    try require(
      after.memory.session?.newest == session.newest && awaited == nil
        && after.memory.pause?.wait.left(at: now) ?? .zero >= .seconds(1),
      .rule11OddReadingIsDoubted, "believed at once")
  }
}

extension SessionRestoration {
  /// The access token in use, whether or not it has ended.
  fileprivate var accessTokenInUse: String? { memory.session?.inUse?.accessToken.text }
}
