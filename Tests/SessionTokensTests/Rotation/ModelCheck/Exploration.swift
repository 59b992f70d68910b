// SPDX-License-Identifier: Apache-2.0

/// What an exhaustive, breadth-first exploration of a scenario found.
struct Exploration: CustomStringConvertible {
  let name: String
  /// How many different states there are.
  let states: Int
  /// How many steps lead from one to another.
  let steps: Int
  let reached: Set<ModelDecision.Outcome>
  /// The first promise that was broken: no shorter trace breaks any.
  let broken: Promise?
  /// How it was broken, one step a line.
  let trace: String
  /// How many steps the trace has.
  var traceLength: Int { trace.split(separator: "\n").count }
  private let duration: Duration

  /// Explores every state of a scenario, or up to the first that breaks a promise.
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
