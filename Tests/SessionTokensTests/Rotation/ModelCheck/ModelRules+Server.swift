// SPDX-License-Identifier: Apache-2.0

// A server: reads the row at one moment, decides at another by its own clock, swaps at a third. A
// lost swap reads the row again and decides again; after the last attempt the answer is 503.

extension ModelRules {
  func addSteps(ofServer index: Int, _ state: ModelState) {
    let worker = state[worker: index]
    switch worker.phase {
    case .idle:
      if scenario.isBurst, worker.request != 0 { addTake(ofServer: index, worker.request, state) }
    case .read:
      let number = server.decision(
        on: worker.request, row: worker.content, at: now(state, server: index))
      let decision = server.decisions[number]
      reach(decision.outcome)
      var next = state
      var broken = decision.broken
      if decision.writes {
        var decided = worker
        decided.phase = .decided
        decided.content = number
        next[worker: index] = decided
      } else {
        broken = answer(decision, ofServer: index, &next) ?? broken
      }
      add(.decides(server: index, decision: number), next, broken: broken)
    case .decided:
      addWrite(ofServer: index, worker, state)
    case .done:
      break
    }
  }

  /// True for an idle server when none before it has the same clock and is idle too.
  func isFirstIdle(_ index: Int, _ state: ModelState) -> Bool {
    isIdle(index, state)
      && !scenario.servers[..<index].indices.contains {
        scenario.servers[$0] == scenario.servers[index] && isIdle($0, state)
      }
  }

  private func isIdle(_ index: Int, _ state: ModelState) -> Bool {
    state[.worker(index)] == 0
  }

  /// Gives a request to a server, which reads the row.
  func addTake(ofServer index: Int, _ request: Int, _ state: ModelState) {
    var worker = ModelWorker()
    worker.phase = .read
    worker.attempts = 1
    worker.request = request
    worker.content = state[.row]
    var next = state
    next[worker: index] = worker
    add(.takes(server: index, request: request, row: state[.row]), next)
  }

  private func addWrite(ofServer index: Int, _ worker: ModelWorker, _ state: ModelState) {
    let swap = server.swap(worker.content, into: state[.row])
    var next = state
    if let row = swap.row {
      next[.row] = row
      let broken = answer(server.decisions[worker.content], ofServer: index, &next)
      if scenario.isHonest { dropTooLate(&next) }
      add(
        .writes(server: index, decision: worker.content), next, broken: swap.broken ?? broken)
      return
    }
    reach(.lostSwap)
    var again = worker
    again.phase = .read
    again.attempts += 1
    again.content = state[.row]
    next[worker: index] = again
    var broken: Promise?
    if again.attempts > scenario.attempts {
      reach(.outOfAttempts)
      broken = answer(nil, ofServer: index, &next)
    }
    add(
      .losesSwap(server: index, decision: worker.content, attempts: worker.attempts), next,
      broken: broken)
  }

  /// Answers the sender with the decision, or not at all (503); returns the promise that this
  /// breaks.
  private func answer(
    _ decision: ModelDecision?, ofServer index: Int, _ state: inout ModelState
  ) -> Promise? {
    let request = server.requests[state[worker: index].request]
    let pair = decision?.pair ?? 0
    var done = ModelWorker()
    if scenario.isBurst {
      done.phase = .done
      done.content = pair
    }
    state[worker: index] = done
    if scenario.isBurst { return brokenByBurst(state) }
    switch request.sender {
    case .app(let app):
      if let refusal = decision?.refusal {
        send(.refusal(app: app, presented: request.token, refusal), &state)
      }
      guard pair != 0 else { return nil }
      send(.answer(app: app, presented: request.token, pair: pair), &state)
      return brokenBySharing(pair, .userGot, &state)
    case .thief:
      guard pair != 0 else { return nil }
      let broken = brokenBySharing(pair, .thiefGot, &state)
      add(.keepsOld, state, broken: broken)
      state[.loot] = pair
      return broken
    case .stranger, .ending:
      return nil
    }
  }

  private func brokenByBurst(_ state: ModelState) -> Promise? {
    let workers = scenario.servers.indices.map { state[worker: $0] }
    let answered = workers.filter { $0.phase == .done }
    let isBroken = Promise.p8.isBroken(
      byAnswers: answered.map(\.content), isComplete: answered.count == workers.count,
      rotations: server.rows[state[.row]].rotations.count)
    return isBroken ? .p8 : nil
  }

  private func brokenBySharing(
    _ pair: Int, _ field: ModelField, _ state: inout ModelState
  ) -> Promise? {
    guard scenario.countsSharing else { return nil }
    state[field] |= 1 << Int(server.token(pair).generation)
    let isBroken = Promise.p3.isBroken(
      bySharing: state[.userGot], state[.thiefGot], withKey: scenario.theft == .tokenAndKey)
    return isBroken ? .p3 : nil
  }
}
