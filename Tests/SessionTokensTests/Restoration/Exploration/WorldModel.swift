@testable import SessionTokens

/// The world's rules: what may happen next, and what comes of it.
///
/// Events reach a process at any moment, also between two of its effects; effects are performed in
/// order, one at a time; the store answers reads in order, and saves in order. A request is handled at once by the real
/// rotation code, whose compare-and-swap therefore never fails: that hosts lose swaps is the model
/// check of rotation's matter.
final class WorldModel {
  let scenario: ExplorationScenario
  let server: ExplorationServer
  let machines: ExploredMachines
  let start: ExploredWorld
  /// Answers that the server gives in its trouble, by name.
  let troubles: [(name: String, answer: Int)]

  init(_ scenario: ExplorationScenario) throws {
    let policy = try RotationPolicy(
      accessTTL: .seconds(600), refreshTTL: .seconds(scenario.refreshTTL))
    server = try ExplorationServer(policy)
    machines = ExploredMachines(server: server, configuration: .standard, jitter: scenario.jitter)
    self.scenario = scenario
    let bodies: [(String, RefreshAnswer)] = [
      ("503, Retry-After: 30", RefreshAnswer(status: 503, retryAfter: "30", body: "".utf8)),
      ("400 with HTML", RefreshAnswer(status: 400, body: "<html></html>".utf8)),
      ("a refusal that is not final", .refused(.clockSkew)),
    ]
    troubles = bodies.map { [server] in ($0.0, server.answers.number(of: $0.1)) }
    let opening = try server.open(0, at: 0)
    let store: StoreContent =
      switch scenario.initialStore {
      case .empty: .empty
      case .corrupt: .corrupt
      case .session: machines.sessions.stored(opening.answer, withRefreshToken: true)
      case .sessionWithoutRefreshToken:
        machines.sessions.stored(opening.answer, withRefreshToken: false)
      }
    start = ExploredWorld(
      time: scenario.start, faults: scenario.faults, userActs: scenario.userActs, store: store,
      records: [opening.record],
      processes: Array(repeating: ExploredProcess(), count: scenario.processes))
  }

  /// Everything that may happen next in a world.
  func steps(from world: ExploredWorld) -> [ExploredStep] {
    var steps: [ExploredStep] = []
    for index in world.processes.indices { steps += self.steps(of: index, in: world) }
    for message in world.messages { steps += self.steps(of: message, in: world) }
    if world.isLocked {
      steps.append(.storeUnlocks)
    } else if may(.storeLock, in: world) {
      steps.append(.storeLocks)
    }
    if world.store != .corrupt, may(.corruption, in: world) { steps.append(.storeIsCorrupted) }
    if let next = scenario.moments.first(where: { $0 > world.time }) { steps.append(.timeIs(next)) }
    if may(.clockJump, in: world) {
      for offset in scenario.offsets where offset != world.offset {
        steps.append(.deviceClockIsOff(by: offset))
      }
    }
    return steps
  }

  /// True when that may still go wrong.
  func may(_ fault: ExplorationFault, in world: ExploredWorld) -> Bool {
    world.faults > 0 && scenario.kinds.contains(fault)
  }

  private func steps(of index: Int, in world: ExploredWorld) -> [ExploredStep] {
    let process = world.processes[index]
    guard let machine = process.machine else {
      // Processes are alike: they launch in order.
      return index == 0 || world.processes[index - 1].launches > 0 ? [.launch(index)] : []
    }
    var steps: [ExploredStep] = []
    if let effect = process.effects.first { steps += self.steps(performing: effect, index, world) }
    steps += process.answersThatMayCome.map { .storeAnswers(index, $0) }
    if let wakeAt = process.wakeAt, world.time >= wakeAt { steps.append(.wake(index)) }
    steps.append(.tell(index, .timePassed))
    if may(.laggingResourceServer, in: world),
      let accessToken = machines.accessToken(of: machine, at: world.deviceTime) ?? process.published
    {
      steps.append(.tell(index, .accessRefused(accessToken: accessToken)))
      if case .session(let first) = start.store {
        // A 401 to a request that was sent long ago.
        let oldest = machines.sessions.accessToken(of: first)
        if oldest != accessToken { steps.append(.tell(index, .accessRefused(accessToken: oldest))) }
      }
    }
    if world.userActs > 0 {
      steps.append(.tell(index, .signedOutByUser))
      // Its answer is made as it happens.
      steps.append(.tell(index, .signedIn(answer: -1)))
    }
    if may(.crash, in: world) { steps.append(.crash(index)) }
    return steps
  }

  private func steps(
    performing effect: ExploredEffect, _ index: Int, _ world: ExploredWorld
  ) -> [ExploredStep] {
    let isOtherComparing = world.processes.indices.contains {
      $0 != index && world.processes[$0].isComparing
    }
    switch effect {
    case .save:
      if scenario.isStoreExclusive, isOtherComparing { return [] }
      if world.isLocked { return [.performWithFailure(index, effect, wrote: false)] }
      guard may(.failedSave, in: world) else { return [.perform(index, effect)] }
      return [
        .perform(index, effect), .performWithFailure(index, effect, wrote: false),
        .performWithFailure(index, effect, wrote: true),
      ]
    case .readStore, .erase:
      if scenario.isStoreExclusive, isOtherComparing { return [] }
      return [.perform(index, effect)]
    case .revoke:
      guard may(.lostMessage, in: world) else { return [.perform(index, effect)] }
      return [.perform(index, effect), .performWithFailure(index, effect, wrote: false)]
    case .send:
      return [.perform(index, effect)]
    }
  }

  private func steps(of message: ExploredMessage, in world: ExploredWorld) -> [ExploredStep] {
    var steps: [ExploredStep] = []
    let mayRepeat = may(.repeatedMessage, in: world)
    switch message {
    case .request:
      steps.append(.serverHandles(message, keepingCopy: false))
      if mayRepeat { steps.append(.serverHandles(message, keepingCopy: true)) }
      if may(.serverTrouble, in: world) {
        steps += troubles.map { .serverFails(message, answer: $0.name) }
      }
    case .answer:
      steps.append(.arrives(message, keepingCopy: false))
      if mayRepeat { steps.append(.arrives(message, keepingCopy: true)) }
    }
    if may(.lostMessage, in: world) { steps.append(.isLost(message)) }
    return steps
  }
}
