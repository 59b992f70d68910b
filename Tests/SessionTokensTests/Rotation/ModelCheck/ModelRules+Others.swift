// SPDX-License-Identifier: Apache-2.0

// The thief, the end of the session, the backup, and strangers. The thief needs no network: a
// request that it delays is sent later, and its answers arrive.

extension ModelRules {
  func addSteps(ofThief state: ModelState) {
    guard scenario.theft != .none else { return }
    if state[.loot] == 0 {
      guard state[.device] != 0 else { return }
      let blob = server.blobs[state[.device]]
      var next = state
      next[.loot] = blob.token
      next[.lootedKey] = scenario.theft == .tokenAndKey ? blob.key : 0
      add(.steals(token: next[.loot], key: next[.lootedKey]), next)
      return
    }
    let token = state[.loot]
    let generation = server.token(token).generation
    guard generation < scenario.generations else { return }
    for index in scenario.servers.indices where isFirstIdle(index, state) {
      addTake(ofServer: index, thiefRequest(token, key: 0), state)
      addTake(
        ofServer: index,
        thiefRequest(token, key: server.keys.number(of: "key-made-by-the-thief")), state)
      guard state[.lootedKey] != 0 else { continue }
      addTake(ofServer: index, thiefRequest(token, key: state[.lootedKey]), state)
    }
  }

  private func thiefRequest(_ token: Int, key: Int) -> Int {
    server.requests.number(of: ModelRequest(sender: .thief, token: token, key: key))
  }

  func addSteps(ofEnding state: ModelState) {
    guard let ending = scenario.ending, state[.ending] == 0 else { return }
    let request = server.requests.number(of: ModelRequest(sender: .ending, token: 0, key: 0))
    for index in scenario.servers.indices where isFirstIdle(index, state) {
      var next = state
      next[.ending] = 1
      if ending == .user { next[.device] = 0 }
      addTake(ofServer: index, request, next)
    }
  }

  func addSteps(ofBackup state: ModelState) {
    guard scenario.restoresBackup, state[.restored] == 0 else { return }
    var next = state
    if state[.backup] == 0 {
      next[.backup] = state[.row]
      add(.copiesRow, next)
    } else if scenario.servers.indices.allSatisfy({ state[.worker($0)] == 0 }) {
      next[.row] = state[.backup]
      next[.backup] = 0
      next[.restored] = 1
      for place in 0..<scenario.messages { next[.message(place)] = 0 }
      add(.restoresRow, next)
    }
  }

  func addSteps(ofStrangers state: ModelState) {
    guard scenario.hasStrangers else { return }
    if state[.row] != 0 {
      var next = state
      next[.row] = 0
      add(.losesRow, next)
    }
    for request in strangers {
      let number = server.decision(on: request, row: state[.row], at: now(state, server: 0))
      reach(server.decisions[number].outcome)
      guard let broken = server.decisions[number].broken else { continue }
      add(.strangerAsks(decision: number), state, broken: broken)
    }
  }
}
