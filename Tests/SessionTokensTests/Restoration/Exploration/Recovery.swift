@testable import SessionTokens

/// What becomes of a world in which nothing goes wrong any more: a fair schedule.
///
/// The store is unlocked, all messages arrive, all processes run, and machines are told the time
/// only by the wakes that they asked for. The device's clock stays as wrong as it is.
struct Recovery {
  private let model: WorldModel
  private var settled: Set<ExploredWorld> = []
  /// The steps of the last check.
  private(set) var steps: [ExploredStep] = []

  init(_ model: WorldModel) {
    self.model = model
  }

  /// Runs a world until every process is active or signed out.
  mutating func check(_ world: ExploredWorld) throws(ExplorationViolation) {
    var world = world
    world.faults = 0
    world.userActs = 0
    world.isLocked = false
    steps = []
    var passed: [ExploredWorld] = []
    while !settled.contains(world) {
      passed.append(world)
      guard let step = nextStep(world) else { break }
      steps.append(step)
      try ExplorationViolation.require(
        steps.count <= model.scenario.stepsToComeBack, .comesBack, "not within that many steps")
      world = try model.world(after: step, from: world)
    }
    if !settled.contains(world) { try checkSettled(world) }
    settled.formUnion(passed)
  }

  /// The fair step; `nil` when there is nothing left to do.
  private func nextStep(_ world: ExploredWorld) -> ExploredStep? {
    for (index, process) in world.processes.enumerated() {
      if process.machine == nil { return .launch(index) }
      if let answer = process.answers.first { return .storeAnswers(index, answer) }
      if let effect = process.effects.first { return .perform(index, effect) }
    }
    if let message = world.messages.first {
      if case .request = message { return .serverHandles(message, keepingCopy: false) }
      return .arrives(message, keepingCopy: false)
    }
    let waiting = world.processes.indices.filter { !isSettled(world.processes[$0]) }
    let wakes = waiting.compactMap { index in
      world.processes[index].wakeAt.map { (index: index, time: $0) }
    }
    guard let wake = wakes.min(by: { $0.time < $1.time }) else { return nil }
    return wake.time > world.time ? .timeIs(wake.time) : .wake(wake.index)
  }

  private func isSettled(_ process: ExploredProcess) -> Bool {
    guard let machine = process.machine, model.machines[machine].isIdle else { return false }
    switch model.machines[machine].state {
    case .active, .signedOut: return true
    case .starting, .storeLocked, .refreshing, .suspended: return false
    @unknown default: return false
    }
  }

  /// Nothing is left to do, and nobody waits; whoever was signed out was for a cause that is checked
  /// as it happens.
  private func checkSettled(_ world: ExploredWorld) throws(ExplorationViolation) {
    for (index, process) in world.processes.enumerated() {
      try ExplorationViolation.require(
        isSettled(process), .comesBack, "process \(index) waits for ever")
      guard world.processes.count == 1, !world.hasRaced, world.store != .corrupt,
        let machine = process.machine,
        case .holding(let held) = model.machines[machine].phase
      else { continue }
      let session = model.machines.sessions.number(of: held.session)
      try ExplorationViolation.require(
        world.store == .session(session), .failedSaveRetried, "the store holds \(world.store)")
    }
  }
}
