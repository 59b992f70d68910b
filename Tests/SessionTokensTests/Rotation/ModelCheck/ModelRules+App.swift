// SPDX-License-Identifier: Apache-2.0

// The honest app, which follows the article "The endpoint contract": read the store, send its
// token, compare, save. After a definitive refusal it reads the store again: another blob there is
// used instead, and with the refused one it signs out. Its memory holds only what a step needs; a
// crash, or giving up, loses that and starts from the store.

extension ModelRules {
  func addSteps(ofApp app: Int, _ state: ModelState) {
    let process = state[process: app]
    switch process.phase {
    case .idle:
      guard state[.device] != 0, !server.blobs[state[.device]].isSpent else { return }
      step(.reads(app: app), state, app, ModelProcess(.loaded, blob: state[.device]))
      return
    case .loaded:
      addSend(ofApp: app, process.blob, state)
    case .awaiting:
      break
    case .received:
      if holds(process.blob, state), scenario.savesAtomically {
        addSave(ofApp: app, process, state)
      } else if holds(process.blob, state) {
        let next = ModelProcess(.compared, blob: process.blob, received: process.received)
        step(.compares(app: app), state, app, next)
      } else {
        step(.adopts(app: app), state, app, ModelProcess())
        return
      }
    case .compared:
      addSave(ofApp: app, process, state)
    case .tokenRefused:
      addSignOut(ofApp: app, process.blob, for: .token, state)
    case .sessionRefused:
      addSignOut(ofApp: app, process.blob, for: .session, state)
    }
    step(.crashes(app: app), state, app, ModelProcess())
  }

  /// True when the store still holds the token that was sent.
  private func holds(_ blob: Int, _ state: ModelState) -> Bool {
    let device = state[.device]
    return device != 0 && server.blobs[device].token == server.blobs[blob].token
  }

  private func addSend(ofApp app: Int, _ number: Int, _ state: ModelState) {
    let blob = server.blobs[number]
    guard server.token(blob.token).generation < scenario.generations else { return }
    let request = server.requests.number(
      of: ModelRequest(sender: .app(app), token: blob.token, key: blob.key))
    var next = state
    next[process: app] = ModelProcess(.awaiting, blob: number)
    let message = server.messages.number(of: .request(request))
    guard next.add(message: message, limit: scenario.messages) else { return }
    add(.sends(app: app, request: request), next)
  }

  private func addSave(ofApp app: Int, _ process: ModelProcess, _ state: ModelState) {
    var key = 0
    if scenario.sendsKeys {
      // Created at this moment by this process for this token, as its name says.
      key = server.keys.number(of: "key-made-by-\(app == 0 ? "A" : "B")-for-\(process.received)")
    }
    let blob = server.blobs.number(of: ModelBlob(token: process.received, key: key))
    var next = state
    next[.device] = blob
    next[process: app] = ModelProcess()
    add(.saves(app: app, blob: blob), next)
  }

  /// Reads the store again, then signs out in one step: the end of the token marks the blob as
  /// spent, the end of the session erases it.
  private func addSignOut(
    ofApp app: Int, _ number: Int, for refusal: ModelRefusal, _ state: ModelState
  ) {
    guard state[.device] == number || !scenario.rereadsBeforeSigningOut else {
      reach(.adoptedAnother)
      step(.adopts(app: app), state, app, ModelProcess())
      return
    }
    reach(.signedOut)
    var next = state
    next[process: app] = ModelProcess()
    next[.device] = 0
    if refusal == .token {
      var blob = server.blobs[number]
      blob.isSpent = true
      next[.device] = server.blobs.number(of: blob)
    }
    let isBroken = Promise.p6.isBroken(bySignOutOn: refusal, scenario)
    add(.signsOut(app: app), next, broken: isBroken ? .p6 : nil)
  }

  private func step(
    _ step: ModelStep, _ state: ModelState, _ app: Int, _ process: ModelProcess
  ) {
    var next = state
    next[process: app] = process
    add(step, next)
  }
}
