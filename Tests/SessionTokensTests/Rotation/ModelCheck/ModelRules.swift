// SPDX-License-Identifier: Apache-2.0

/// The steps that each state allows: every actor, every message, every server, at any moment.
final class ModelRules {
  let scenario: ModelScenario
  let server: ModelServer
  let initial: ModelState
  let strangers: [Int]
  /// The outcomes that were reached, one bit per `ModelDecision.Outcome`.
  var reached = 0
  private var found: [ModelMove] = []

  init(_ scenario: ModelScenario) throws {
    self.scenario = scenario
    server = try ModelServer(scenario)
    strangers = scenario.hasStrangers ? try server.strangerRequests() : []
    let key = scenario.sendsKeys ? server.keys.number(of: "key-of-the-sign-in") : 0
    var state = ModelState()
    state[.row] = server.opening.row
    state[.device] = server.blobs.number(of: ModelBlob(token: server.opening.pair, key: key))
    if scenario.isBurst {
      var worker = ModelWorker()
      worker.request = server.requests.number(
        of: ModelRequest(sender: .app(0), token: server.opening.pair, key: key))
      for index in scenario.servers.indices { state[worker: index] = worker }
    }
    initial = state
  }

  /// All steps from a state.
  func moves(from state: ModelState) -> [ModelMove] {
    found.removeAll(keepingCapacity: true)
    if state[.time] + 1 < scenario.times.count {
      var next = state
      next[.time] += 1
      add(.timePasses, next)
    }
    for app in 0..<scenario.processes { addSteps(ofApp: app, state) }
    for place in 0..<scenario.messages { addSteps(ofMessageAt: place, state) }
    for index in scenario.servers.indices { addSteps(ofServer: index, state) }
    addSteps(ofThief: state)
    addSteps(ofEnding: state)
    addSteps(ofBackup: state)
    addSteps(ofStrangers: state)
    return found
  }

  func add(_ step: ModelStep, _ state: ModelState, broken: Promise? = nil) {
    found.append(ModelMove(step: step, state: sorted(state), broken: broken))
  }

  func reach(_ outcome: ModelDecision.Outcome) {
    reached |= 1 << outcome.rawValue
  }

  /// The clock of a server.
  func now(_ state: ModelState, server index: Int) -> Int64 {
    scenario.times[state[.time]] + scenario.servers[index]
  }

  /// Servers with the same clock are interchangeable: swapping their tasks gives no other state.
  private func sorted(_ state: ModelState) -> ModelState {
    let servers = scenario.servers
    guard servers.count > 1 else { return state }
    var state = state
    for end in 1..<servers.count {
      var index = end
      while index > 0, servers[index - 1] == servers[index] {
        let (left, right) = (state[.worker(index - 1)], state[.worker(index)])
        if left <= right { break }
        state[.worker(index - 1)] = right
        state[.worker(index)] = left
        index -= 1
      }
    }
    return state
  }
}
