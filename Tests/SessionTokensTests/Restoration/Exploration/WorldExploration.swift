// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A breadth-first search of all worlds that a model can reach, and the recovery of each.
struct WorldExploration {
  private(set) var worlds: [ExploredWorld]
  private var parents: [Int32] = [-1]
  private var steps: [ExploredStep?] = [nil]
  private var numbers: [ExploredWorld: Int32]
  /// The shortest trace to the first violation, one step a line.
  private(set) var trace = ""
  /// The violated property.
  private(set) var violation: ExplorationViolation?
  /// The recovery that took the most events, and the most seconds.
  private(set) var maximumRecovery = Recovery.Length()

  /// Searches until there is no new world, or a property is violated.
  init(_ model: WorldModel) {
    worlds = [model.start]
    numbers = [model.start: 0]
    var recovery = Recovery(model)
    var place = 0
    while place < worlds.count, violation == nil {
      visit(place, model)
      if violation == nil { recover(place, &recovery) }
      place += 1
      if worlds.count > model.scenario.limit {
        violation = ExplorationViolation(
          .a2RequestsAreBounded, "more worlds than \(model.scenario.limit)")
      }
    }
    maximumRecovery = recovery.maximum
  }

  private mutating func visit(_ place: Int, _ model: WorldModel) {
    let world = worlds[place]
    for step in model.steps(from: world) {
      do throws(ExplorationViolation) {
        let next = try model.world(after: step, from: world)
        guard numbers[next] == nil else { continue }
        numbers[next] = Int32(worlds.count)
        worlds.append(next)
        parents.append(Int32(place))
        steps.append(step)
      } catch {
        return report(error, after: place, [step])
      }
    }
  }

  private mutating func recover(_ place: Int, _ recovery: inout Recovery) {
    do throws(ExplorationViolation) {
      try recovery.check(worlds[place])
    } catch {
      report(error, after: place, recovery.steps)
    }
  }

  private mutating func report(
    _ violation: ExplorationViolation, after place: Int, _ last: [ExploredStep]
  ) {
    var lines: [String] = []
    var place = place
    while place > 0 {
      lines.append(steps[place].map { "\($0)" } ?? "")
      place = Int(parents[place])
    }
    self.violation = violation
    trace =
      lines.reversed().enumerated()
      .map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
      + last.map { "\n  then \($0)" }.joined()
  }
}

/// The recovery of a world in which all is well from now on: promise A6.
///
/// The store is unlocked and reliable, all messages arrive, all processes run. Machines learn the
/// time only by the wakes that they requested; a signed-out machine learns it once more at the end,
/// as when the app comes to the foreground. The error of the device's clock stays the same.
struct Recovery {
  /// The length of a recovery.
  struct Length {
    /// The number of events that machines handled.
    var events = 0
    var seconds: Int64 = 0
  }

  private let model: WorldModel
  private var settled: [ExploredWorld: Length] = [:]
  /// The steps of the last check.
  private(set) var steps: [ExploredStep] = []
  private(set) var maximum = Length()

  init(_ model: WorldModel) {
    self.model = model
  }

  /// Runs a world until it is at rest.
  mutating func check(_ world: ExploredWorld) throws(ExplorationViolation) {
    var world = world
    world.faults = 0
    world.userActs = 0
    world.isLocked = false
    for index in world.processes.indices { world.processes[index].nudges = 0 }
    steps = []
    var passed: [(world: ExploredWorld, isEvent: Bool, time: Int64)] = []
    var rest = Length()
    while true {
      if let known = settled[world] {
        rest = known
        break
      }
      let fairStep = nextStep(world)
      guard let step = fairStep ?? nudge(world) else {
        try model.checkRest(world)
        settled[world] = Length()
        break
      }
      let isEvent =
        switch step {
        case .timeIs, .serverHandles: false
        default: true
        }
      passed.append((world, isEvent, world.time))
      steps.append(step)
      try ExplorationViolation.require(
        steps.count <= 10 * ExplorationScenario.maximumRecoveryEvents, .a6NoDeadEnd,
        "no rest after \(steps.count) steps")
      if fairStep == nil, let index = nudged(world) { world.processes[index].nudges += 1 }
      world = try model.world(after: step, from: world)
    }
    let end = world.time
    for (world, isEvent, time) in passed.reversed() {
      if isEvent { rest.events += 1 }
      settled[world] = Length(events: rest.events, seconds: rest.seconds + end - time)
    }
    maximum.events = max(maximum.events, rest.events)
    maximum.seconds = max(maximum.seconds, rest.seconds + end - (passed.first?.time ?? end))
    try ExplorationViolation.require(
      rest.events <= ExplorationScenario.maximumRecoveryEvents, .a6NoDeadEnd,
      "\(rest.events) events")
  }

  /// The fair step; `nil` at rest.
  private func nextStep(_ world: ExploredWorld) -> ExploredStep? {
    for (index, process) in world.processes.enumerated() {
      if process.machine == nil { return .launch(index) }
      if !process.lateAnswers.isEmpty { return .lateAnswer(index) }
      if let work = process.work.first, model.mayWork(index, in: world) {
        return .work(index, model.outcome(of: work, process, in: world), isLate: false)
      }
      if !process.unsent.isEmpty { return .send(index) }
    }
    if let message = world.messages.first {
      if case .answer = message.content { return .arrives(message, keepingCopy: false) }
      return .serverHandles(message, keepingCopy: false)
    }
    let wakes = world.processes.enumerated().compactMap { index, process in
      process.wakeAt.map { (index: index, time: $0) }
    }
    if let wake = wakes.min(by: { $0.time < $1.time }) {
      return wake.time > world.time ? .timeIs(wake.time) : .tell(wake.index, .timePassed)
    }
    return nil
  }

  /// The app comes to the foreground a second later, if a process is signed out.
  private func nudge(_ world: ExploredWorld) -> ExploredStep? {
    nudged(world).map { index in
      world.processes[index].nudges == 0 ? .timeIs(world.time + 1) : .tell(index, .timePassed)
    }
  }

  private func nudged(_ world: ExploredWorld) -> Int? {
    world.processes.firstIndex { process in
      guard process.nudges < 2, let machine = process.machine,
        case .signedOut = model.machines[machine].memory.situation
      else { return false }
      return true
    }
  }
}
