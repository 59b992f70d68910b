// SPDX-License-Identifier: Apache-2.0

/// The result of an exhaustive, breadth-first exploration of a scenario.
struct Exploration: CustomStringConvertible {
  let name: String
  /// The number of different states.
  let states: Int
  /// The number of steps between them.
  let steps: Int
  let reached: Set<ModelDecision.Outcome>
  /// The first promise that was broken, by one of the shortest traces that break any.
  let broken: Promise?
  /// The trace that broke it, one step a line.
  let trace: String
  /// The number of steps in the trace.
  var traceLength: Int { trace.split(separator: "\n").count }
  private let duration: Duration

  /// Explores the states of a scenario, all of them or up to the first that breaks a promise.
  init(_ scenario: ModelScenario) throws {
    let start = ContinuousClock.now
    let rules = try ModelRules(scenario)
    var table = StateTable()
    table.insert(rules.initial, parent: 0)
    var (index, steps) = (0, 0)
    var violation: (promise: Promise, trace: String)?
    while index < table.count, violation == nil {
      for move in rules.moves(from: table.states[index]) {
        steps += 1
        table.insert(move.state, parent: index)
        guard let promise = move.broken, violation == nil else { continue }
        violation = (promise, rules.trace(along: table.path(to: index), then: move))
      }
      index += 1
    }
    name = scenario.name
    states = table.count
    self.steps = steps
    reached = Set(ModelDecision.Outcome.allCases.filter { rules.reached >> $0.rawValue & 1 == 1 })
    broken = violation?.promise
    trace = violation?.trace ?? ""
    duration = ContinuousClock.now - start
  }

  /// One line for the output, and the trace if a promise was broken.
  var description: String {
    let line = "model check: \(name): \(states) states, \(steps) steps, \(duration)"
    guard let broken else { return line }
    return "\(line)\nbroken: \(broken.rawValue)\n\(trace)"
  }
}
