// SPDX-License-Identifier: Apache-2.0

// The network: a message may be lost, may arrive at any later moment and in any order, and may
// arrive again, in which case it stays in flight.

@testable import SessionTokens

extension ModelRules {
  func addSteps(ofMessageAt place: Int, _ state: ModelState) {
    let number = state[.message(place)]
    guard number != 0 else { return }
    var without = state
    without.removeMessage(at: place, limit: scenario.messages)
    add(.loses(message: number), without)
    switch server.messages[number] {
    case .request(let request):
      for index in scenario.servers.indices where isFirstIdle(index, state) {
        addTake(ofServer: index, request, state)
        addTake(ofServer: index, request, without)
      }
    case .answer(let app, let presented, let pair):
      addArrival(of: number, toApp: app, presented: presented, state, without) { blob in
        ModelProcess(.received, blob: blob, received: pair)
      }
    case .refusal(let app, let presented, let refusal):
      addArrival(of: number, toApp: app, presented: presented, state, without) { blob in
        ModelProcess(refusal == .token ? .tokenRefused : .sessionRefused, blob: blob)
      }
    }
  }

  /// An answer counts for a process that awaits the one for this token.
  private func addArrival(
    of message: Int, toApp app: Int, presented: Int, _ state: ModelState, _ without: ModelState,
    _ answered: (Int) -> ModelProcess
  ) {
    let process = state[process: app]
    guard process.phase == .awaiting, server.blobs[process.blob].token == presented else { return }
    for (var next, stays) in [(state, true), (without, false)] {
      next[process: app] = answered(process.blob)
      add(.arrives(message: message, staysInFlight: stays), next)
    }
  }

  /// Puts an answer for an app in flight; if there are too many messages, it is lost at once.
  func send(_ message: ModelMessage, _ state: inout ModelState) {
    _ = state.add(message: server.messages.number(of: message), limit: scenario.messages)
  }

  /// Drops the messages that are later than P6 allows: more than four generations, counted when the
  /// row changes.
  func dropTooLate(_ state: inout ModelState) {
    let oldest = server.rows[state[.row]].record.generation - ModelPolicy.longestDelay
    guard oldest > 0 else { return }
    dropRequests(&state) { self.server.token($0.token).generation < oldest }
    for index in scenario.servers.indices {
      let request = state[worker: index].request
      if request != 0, server.requests[request].token != 0,
        server.token(server.requests[request].token).generation < oldest
      {
        state[worker: index] = ModelWorker()
      }
    }
    for app in 0..<scenario.processes {
      let process = state[process: app]
      if process.phase == .loaded,
        server.token(server.blobs[process.blob].token).generation < oldest
      {
        state[process: app] = ModelProcess()
      }
    }
  }

  /// Drops the requests in flight that are too late.
  func dropRequests(_ state: inout ModelState, where isTooLate: (ModelRequest) -> Bool) {
    for place in (0..<scenario.messages).reversed() {
      let number = state[.message(place)]
      guard number != 0, case .request(let request) = server.messages[number] else { continue }
      if isTooLate(server.requests[request]) {
        state.removeMessage(at: place, limit: scenario.messages)
      }
    }
  }
}
