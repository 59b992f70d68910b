// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

// The properties of a world, besides those of one transition.

extension WorldModel {
  private func require(
    _ holds: Bool, _ property: ExplorationProperty, _ detail: @autoclosure () -> String
  ) throws(ExplorationViolation) {
    try ExplorationViolation.require(holds, property, detail())
  }

  /// The exceptions that have occurred in a world.
  func exceptions(of world: ExploredWorld) -> [KnownException] {
    KnownException.allCases.filter { world.exceptions & 1 << $0.rawValue != 0 }
  }

  private func hasMet(_ exceptions: KnownException..., in world: ExploredWorld) -> Bool {
    exceptions.contains { world.exceptions & 1 << $0.rawValue != 0 }
  }

  // MARK: Of an event

  func check(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ index: Int,
    _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard let machine = world.processes[index].machine else { return }
    let before = machines[machine].memory
    if case .answered(.awaited, _) = event { world.processes[index].requestedAt = nil }
    try noteEnd(transition, event, before, index, &world)
    if let token = transition.revocation {
      try require(
        world.ended.contains(server.origin(of: token).ordinal), .a1SignedOutForCause,
        "\(event) revokes a session that has not ended")
    }
    if case .refresh? = transition.awaited {
      try require(
        world.processes[index].requestedAt == nil, .a2OneRequestInFlight,
        "at \(world.time), and one since \(world.processes[index].requestedAt ?? 0)")
    }
    if case .storeRead(_, let content) = event, content == .empty || content == .corrupt,
      before.isDoubtful, content != world.stores[world.processes[index].store]
    {
      note(.storeLiedTwice, &world)
    }
    if transition.state != transition.before { try checkSignedOut(transition, event, index, world) }
    try checkLeavingSignedOut(transition, event, before, index, world)
    try checkPublishing(transition, event, before, index, &world)
    for exception in exceptions(of: world) {
      try require(
        scenario.exceptions.contains(exception), .a1SignedOutForCause,
        "\(exception), which this scenario cannot meet")
    }
  }

  /// Notes the session in the store when a sign-in replaces it, or when a sign-out from before the
  /// first reading ends it; and a sign-in that yields to another process's.
  private func noteEnd(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ before: SessionRestoration.Memory,
    _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard case .storeRead(_, .blob(let number)) = event,
      let ordinal = machines.origin(of: machines.blob(number))?.ordinal
    else { return }
    let signedInAt = machines.blob(number).signedInAt
    // The device's clock decides: a sign-in ahead of it was earlier.
    if let moment = world.processes[index].signedOutUnread,
      signedInAt < ExploredServer.date(moment)
        || signedInAt > ExploredServer.date(world.deviceTime)
    {
      world.processes[index].signedOutUnread = nil
      world.signedOut.insert(ordinal)
      // The server learns once of a session that was signed out before.
      let isNew = !world.processes[index].hasSignedOut.contains(ordinal)
      world.processes[index].hasSignedOut.insert(ordinal)
      if isNew, machines.blob(number).spentBy == nil {
        world.processes[index].owed.insert(ordinal)
      }
      world.ended.insert(ordinal)
    }
    guard let session = before.session, session.replaced != nil,
      let own = machines.origin(of: session.newest)?.ordinal, own != ordinal
    else { return }
    if session.stored == nil, ordinal < own || signedInAt <= session.newest.signedInAt {
      world.ended.insert(ordinal)
    }
    guard machines[transition.machine].memory.session?.newest.name != session.newest.name else {
      return
    }
    try require(
      session.stored != nil || ordinal > own, .a1SignedOutForCause,
      "sign-in \(own) yields to \(ordinal), which came before it")
    world.ended.insert(own)
  }

  private func checkSignedOut(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ index: Int, _ world: ExploredWorld
  ) throws(ExplorationViolation) {
    guard case .signedOut(let reason) = transition.state,
      let machine = world.processes[index].machine
    else { return }
    let memory = machines[machine].memory
    let hasCause: Bool
    switch (reason, event) {
    case (.neverSignedIn, .storeRead(_, .empty)):
      if case .unread = memory.situation { hasCause = true } else { hasCause = false }
    case (.signedOutByUser, .signedOutByUser): hasCause = true
    case (.signedOutByUser, .storeRead(_, .empty)), (.storeCorrupt, .storeRead(_, .corrupt)):
      hasCause = memory.isDoubtful
    case (.noRefreshToken, _):
      hasCause = scenario.initialStore == .sessionWithoutRefreshToken
    case (.refused(let code), .storeRead(_, let content)):
      hasCause = isRightlyRefused(code, content, memory, world)
    case (_, _): hasCause = false
    }
    try require(
      hasCause, .a1SignedOutForCause, "\(transition.before), \(event) → \(transition.state)")
  }

  /// True when the server definitively refuses the newest token, for a cause, and the store doesn't
  /// hold a newer one.
  private func isRightlyRefused(
    _ code: Refusal.Code, _ content: ExploredContent, _ memory: SessionRestoration.Memory,
    _ world: ExploredWorld
  ) -> Bool {
    if case .blob(let number) = content, machines.blob(number).spentBy == code { return true }
    guard let newest = memory.session?.newest, let request = machines.request(of: newest),
      let origin = machines.origin(of: newest)
    else { return false }
    let record = world.records[origin.ordinal]
    guard !server.grants(request, record: record, at: world.time) else { return false }
    if case .blob(let number) = content, let stored = machines.origin(of: machines.blob(number)),
      stored.ordinal == origin.ordinal, stored.generation > origin.generation
    {
      return false
    }
    let isCopy = scenario.copyBehind != nil
    return world.ended.contains(origin.ordinal) || server.isClosed(record, at: world.time)
      || isCopy
        && (code == .superseded || hasMet(.copyFarBehind, .copyOneGenerationBehind, in: world))
      || hasMet(
        .rotatedWithoutIdempotency, .memoryWasLost, .sharedStoreWasCorrupted, in: world)
  }

  /// Only a sign-in, or a session in the store that did not end here, leads out of `signedOut`.
  private func checkLeavingSignedOut(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ before: SessionRestoration.Memory,
    _ index: Int, _ world: ExploredWorld
  ) throws(ExplorationViolation) {
    guard case .signedOut = before.situation,
      machines[transition.machine].memory.session != nil
    else { return }
    switch event {
    case .signedIn: return
    case .storeRead(_, .blob(let number)):
      let blob = machines.blob(number)
      try require(
        !before.ended.sessions.contains(blob.name), .a4LateAnswersChangeNothing,
        "a session that has ended here is back")
      if let origin = machines.origin(of: blob) {
        try require(
          !world.processes[index].hasSignedOut.contains(origin.ordinal),
          .a4LateAnswersChangeNothing, "a session that the user has ended here is back")
      }
    case .launched, .timePassed, .retryRequested, .signedOutByUser, .accessRefused, .storeRead,
      .saved, .saveFailed, .erased, .eraseFailed, .answered:
      try require(false, .a4LateAnswersChangeNothing, "\(event) signs in")
    }
  }

  /// Notes the access token in use, and checks the origin of a new one.
  private func checkPublishing(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ before: SessionRestoration.Memory,
    _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard transition.accessToken != world.processes[index].published else { return }
    world.processes[index].published = transition.accessToken
    guard transition.accessToken != nil else { return }
    let inUse = machines[transition.machine].memory.session?.inUse
    let isSaved: Bool
    switch event {
    case .storeRead(_, .blob(let number)): isSaved = machines.blob(number) == inUse
    case .saved, .saveFailed, .storeRead(_, .locked): isSaved = before.session?.newest == inUse
    case .timePassed, .launched, .retryRequested: isSaved = before.awaited?.kind == .save
    case .signedIn, .answered, .accessRefused, .signedOutByUser, .erased, .eraseFailed,
      .storeRead:
      isSaved = false
    }
    try require(isSaved, .a3SavedBeforePublished, "a new access token by \(event)")
  }

  /// A waiting machine gets an answer, or wakes.
  func checkWaiting(
    _ transition: ExploredTransition, _ index: Int, _ world: ExploredWorld
  ) throws(ExplorationViolation) {
    let memory = machines[transition.machine].memory
    var isWaiting = memory.pause != nil
    switch transition.state {
    case .active, .signedOut: break
    case .starting, .storeLocked, .refreshing, .suspended: isWaiting = true
    @unknown default: isWaiting = true
    }
    switch memory.situation {
    case .signedOut(_, .some): isWaiting = true
    case .signedOut(_, nil), .unread: break
    case .session(let session):
      if session.stored != .blob(session.newest) || session.refusal != nil { isWaiting = true }
    }
    switch memory.awaited?.kind {
    case .read?, .save?, .erase?, .refresh?: isWaiting = true
    case .look?, nil: break
    }
    guard isWaiting else { return }
    guard let wakeAt = world.processes[index].wakeAt else {
      return try require(
        false, .a5EveryWaitEnds, "\(transition.before) → \(transition.state), and no wake")
    }
    try require(
      wakeAt - world.time <= 900, .a5EveryWaitEnds, "a wake in \(wakeAt - world.time) s")
  }

  // MARK: Of the server and the store

  func checkReuse(
    _ behind: Int64, _ ordinal: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    if scenario.copyBehind != nil, behind >= 5 { return note(.copyFarBehind, &world) }
    if scenario.copyBehind == 1 { return note(.copyOneGenerationBehind, &world) }
    try require(
      hasMet(.memoryWasLost, .sharedStoreWasCorrupted, in: world), .a1NeverTakenForThief,
      "a token \(behind) generations behind was taken for reuse")
  }

  func checkSave(
    _ number: Int, over content: ExploredContent, _ world: ExploredWorld
  ) throws(ExplorationViolation) {
    guard case .blob(let oldNumber) = content, oldNumber != number else { return }
    let new = machines.blob(number)
    let old = machines.blob(oldNumber)
    guard let newOrigin = machines.origin(of: new), let oldOrigin = machines.origin(of: old) else {
      return
    }
    if newOrigin.ordinal == oldOrigin.ordinal {
      try require(
        newOrigin.generation > oldOrigin.generation
          || newOrigin.generation == oldOrigin.generation
            && (new.idempotencyKey == old.idempotencyKey || old.spentBy != nil
              || scenario.server == .plain),
        .a7NewestIsKept, "generation \(newOrigin.generation) over \(oldOrigin.generation)")
    } else {
      let isOfUse =
        old.spentBy == nil && !world.ended.contains(oldOrigin.ordinal)
        && isGranted(old, world)
      try require(
        newOrigin.ordinal > oldOrigin.ordinal || !isOfUse, .a7NewestIsKept,
        "sign-in \(newOrigin.ordinal) over \(oldOrigin.ordinal)")
    }
  }

  func checkErase(_ number: Int, _ world: ExploredWorld) throws(ExplorationViolation) {
    let blob = machines.blob(number)
    guard let origin = machines.origin(of: blob) else { return }
    try require(
      world.ended.contains(origin.ordinal) || !isGranted(blob, world), .a7NewestIsKept,
      "a session was erased that has not ended")
  }

  /// True when the server would answer the request of a blob with tokens.
  private func isGranted(_ blob: StoredSession.Blob, _ world: ExploredWorld) -> Bool {
    guard blob.spentBy == nil, let request = machines.request(of: blob),
      let origin = machines.origin(of: blob), world.records.indices.contains(origin.ordinal)
    else { return false }
    return server.grants(request, record: world.records[origin.ordinal], at: world.time)
  }

  // MARK: Of a world that has come to rest

  /// Checks a world at rest.
  func checkRest(_ world: ExploredWorld) throws(ExplorationViolation) {
    for (index, process) in world.processes.enumerated() {
      guard let machine = process.machine else { continue }
      let memory = machines[machine].memory
      let isActive = memory.state == .active
      let isSignedOut = if case .signedOut = memory.state { true } else { false }
      try require(isActive || isSignedOut, .a6NoDeadEnd, "process \(index): \(memory.state)")
      try require(
        isActive == (memory.session != nil), .a6NoDeadEnd,
        "process \(index): \(memory.state), and a sign-in that is not done")
      for ordinal in world.records.indices where process.owed.contains(ordinal) {
        let record = world.records[ordinal]
        try require(
          server.isRevoked(record) || server.isClosed(record, at: world.time),
          .a8SignOutReachesServer, "session \(ordinal) lives on at the server")
      }
      switch world.stores[process.store] {
      case .blob(let number):
        let blob = machines.blob(number)
        let isOfUse = isGranted(blob, world)
        try require(
          isActive || !isOfUse, .a6NoDeadEnd,
          "process \(index): \(memory.state), but the store holds a session that the server has")
        let ordinal = machines.origin(of: blob)?.ordinal ?? -1
        if case .signedOut(.refused) = memory.state, let ended = memory.ended.refused {
          try require(
            blob.spentBy != nil || isOfUse || blob.refreshToken != ended.refreshToken,
            .rule5RefusedIsMarked, "process \(index): a refused token was left in the store")
        }
        let isWrittenBack =
          world.reportedAsFailed.contains(ordinal) && scenario.processes > 1
          && scenario.exceptions.contains(.signInIsWrittenBack)
        try require(
          !world.signedOut.contains(ordinal) || blob.spentBy != nil || isWrittenBack
            || hasMet(.signOutIsLostInCrash, in: world), .a8SignOutReachesServer,
          "the store holds session \(ordinal), which the user has ended")
        if isActive, scenario.processes == 1, let session = memory.session {
          try require(
            session.newest == blob, .rule3FailedSaveIsRetried, "the store holds another blob")
        }
      case .empty, .corrupt, .locked:
        try require(
          !isActive || scenario.processes > 1 || scenario.kinds.contains(.corruption),
          .rule3FailedSaveIsRetried,
          "process \(index) is active, and the store holds nothing")
      }
    }
  }
}
