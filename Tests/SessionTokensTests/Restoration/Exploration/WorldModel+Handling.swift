@testable import SessionTokens

extension WorldModel {
  /// Tells a machine an event, and checks what it makes of it.
  func handle(
    _ event: ExploredEvent, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard let machine = world.processes[index].machine else { return }
    let launch = index * 16 + world.processes[index].launches
    let transition = machines.transition(machine, event, at: world.deviceTime, launch: launch)
    if let violation = transition.violation { throw violation }
    try checkSignedOut(transition, event, &world)
    try checkStaysSignedOut(transition, event, world.processes[index])
    try publish(transition, event, index, &world)
    for case .send in transition.effects {
      if let sentAt = world.processes[index].sentAt {
        try ExplorationViolation.require(
          world.time - sentAt >= 60, .oneRequestInFlight,
          "sent at \(world.time), the one before at \(sentAt)")
      }
      world.processes[index].sentAt = world.time
    }
    world.processes[index].machine = transition.machine
    for effect in transition.effects {
      // A message on its way is one that may not have been sent yet, so that this can happen at once.
      if case .send = effect {
        try perform(effect, index, &world)
      } else {
        world.processes[index].effects.append(effect)
      }
    }
    if let wake = transition.wake { world.processes[index].wakeAt = world.time + wake }
    if transition.isIdle { world.processes[index].wakeAt = nil }
    if !world.processes[index].isComparing { world.processes[index].hasStaleComparison = false }
    try checkWaiting(transition, index, world)
  }

  private func checkSignedOut(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard transition.state != transition.stateBefore,
      case .signedOut(let reason) = transition.state
    else { return }
    let hasCause =
      switch reason {
      case .neverSignedIn:
        event == .read(.empty) && (world.wasEnded || scenario.initialStore == .empty)
      case .signedOutByUser: world.wasEnded
      case .storeCorrupt: event == .read(.corrupt)
      case .noRefreshToken: scenario.initialStore == .sessionWithoutRefreshToken
      case .refused: isRightlyRefused(event, world)
      @unknown default: false
      }
    try ExplorationViolation.require(
      hasCause, .signedOutOnlyForCause, "\(transition.stateBefore) → \(transition.state)")
    if case .refused = reason { world.wasEnded = true }
  }

  /// True when the event is a look into the store that found a session the server has given up.
  private func isRightlyRefused(_ event: ExploredEvent, _ world: ExploredWorld) -> Bool {
    guard case .read(.session(let session)?) = event,
      let origin = machines.sessions.origin(of: session)
    else {
      return false
    }
    let record = world.records[origin.ordinal]
    if server.isRevoked(record) { return world.wasEnded || world.hasRaced }
    return !server.isLive(record, at: world.time)
  }

  private func checkStaysSignedOut(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ process: ExploredProcess
  ) throws(ExplorationViolation) {
    guard process.isSignedOut else { return }
    let isQuiet = transition.effects.allSatisfy {
      switch $0 {
      case .erase, .revoke: event == .signedOutByUser
      case .save, .send, .readStore: false
      }
    }
    try ExplorationViolation.require(
      isQuiet && transition.state == .signedOut(.signedOutByUser), .lateAnswerNeverSignsIn,
      "\(event) → \(transition.effects), \(transition.state)")
  }

  /// Notes the access token in use, and checks how a new one came to be.
  private func publish(
    _ transition: ExploredTransition, _ event: ExploredEvent, _ index: Int,
    _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard let accessToken = transition.accessToken, accessToken != world.processes[index].published
    else { return }
    let granted: Int? =
      switch event {
      case .read(.session(let session)?), .saved(let session, _), .saveFailed(let session, _):
        machines.sessions.accessToken(of: session)
      case .read(nil): accessToken
      case .launched, .read, .signedIn, .answered, .timePassed, .accessRefused, .signedOutByUser:
        nil
      }
    try ExplorationViolation.require(
      granted == accessToken, .savedBeforePublished, "a new access token by \(event)")
    world.processes[index].published = accessToken
  }

  /// A machine that waits is answered, or wakes.
  private func checkWaiting(
    _ transition: ExploredTransition, _ index: Int, _ world: ExploredWorld
  ) throws(ExplorationViolation) {
    let process = world.processes[index]
    let isWaiting: Bool =
      switch transition.state {
      case .refreshing, .storeLocked, .suspended: true
      case .starting, .active, .signedOut: false
      @unknown default: false
      }
    try ExplorationViolation.require(
      !isWaiting || process.wakeAt != nil || process.effects.contains { $0.isOfStore }
        || !process.answers.isEmpty,
      .everyWaitEnds, "\(event(of: transition)) and nothing to wake it")
  }

  private func event(of transition: ExploredTransition) -> String {
    "\(transition.stateBefore) → \(transition.state)"
  }
}
