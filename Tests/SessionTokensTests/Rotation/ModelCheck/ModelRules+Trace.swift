// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension ModelRules {
  /// A way through the states in words, one step a line.
  func trace(along path: [ModelState], then last: ModelMove) -> String {
    var lines: [String] = []
    for (state, next) in zip(path, path.dropFirst()) {
      guard let move = moves(from: state).first(where: { $0.state == next }) else { continue }
      lines.append(line(lines.count + 1, state, move.step))
    }
    lines.append(line(lines.count + 1, path.last ?? initial, last.step))
    return lines.joined(separator: "\n")
  }

  private func line(_ number: Int, _ state: ModelState, _ step: ModelStep) -> String {
    "  \(number). at \(scenario.times[state[.time]]) s: \(text(step, state))"
  }

  private func text(_ step: ModelStep, _ state: ModelState) -> String {
    switch step {
    case .timePasses: "time passes until \(scenario.times[state[.time] + 1]) s"
    case .reads(let app): "app \(name(app)) reads its store: \(text(blob: state[.device]))"
    case .sends(let app, let request): "app \(name(app)) sends \(text(request: request))"
    case .crashes(let app): "app \(name(app)) crashes or gives up"
    case .compares(let app): "app \(name(app)) finds the store unchanged"
    case .saves(let app, let blob): "app \(name(app)) saves \(text(blob: blob))"
    case .signsOut(let app): "app \(name(app)) signs out, as it was refused for good"
    case .adopts(let app): "app \(name(app)) adopts what the store holds now"
    case .loses(let message): "the network loses \(text(message: message))"
    case .arrives(let message, let stays):
      "\(text(message: message)) arrives\(stays ? ", and will again" : "")"
    case .takes(let index, let request, let row):
      "server \(index) takes \(text(request: request)) and reads \(text(row: row))"
    case .decides(let index, let decision): "server \(index) decides: \(text(decision: decision))"
    case .writes(let index, let decision): "server \(index) writes: \(text(decision: decision))"
    case .losesSwap(let index, _, let attempts):
      "server \(index) loses its swap number \(attempts) and reads \(text(row: state[.row]))"
    case .steals(let token, let key):
      "the thief copies \(text(token: token)) \(text(key: key))"
    case .keepsOld: "the thief is answered and keeps the token it had"
    case .copiesRow: "a backup is made of \(text(row: state[.row]))"
    case .restoresRow: "the backup is restored: \(text(row: state[.backup]))"
    case .losesRow: "the row is lost"
    case .strangerAsks(let decision):
      "a stranger presents \(text(request: server.decisions[decision].request)): "
        + text(decision: decision)
    }
  }

  private func name(_ app: Int) -> String { app == 0 ? "A" : "B" }

  private func text(token: Int) -> String {
    let read = server.token(token)
    return "token \(token) (generation \(read.generation), made at \(read.issuedAt) s)"
  }

  private func text(key: Int) -> String { key == 0 ? "without a key" : "with \(server.keys[key])" }

  private func text(blob: Int) -> String {
    let blob = server.blobs[blob]
    return "\(text(token: blob.token)) \(text(key: blob.key))\(blob.isSpent ? ", spent" : "")"
  }

  private func text(request: Int) -> String {
    let request = server.requests[request]
    if request.token == 0 { return "the end of the session" }
    return "\(request.sender)'s \(text(token: request.token)) \(text(key: request.key))"
  }

  private func text(message: Int) -> String {
    switch server.messages[message] {
    case .request(let request): "the request with \(text(request: request))"
    case .answer(let app, _, let pair): "the answer \(text(token: pair)) to app \(name(app))"
    case .refusal(let app, let token, let refusal):
      "the refusal of \(text(token: token)), final for the \(refusal), to app \(name(app))"
    }
  }

  private func text(row: Int) -> String {
    guard row != 0 else { return "no row" }
    let record = server.rows[row].record
    let ended = record.revocationReason.map { ", revoked: \($0.rawValue)" } ?? ""
    return "row \(record.version) (generation \(record.generation), rotated at "
      + "\(ModelPolicy.second(record.rotatedAt)) s, keys [\(record.idempotencyKeys.rawValue)]\(ended))"
  }

  private func text(decision: Int) -> String {
    let (made, now) = (server.decisions[decision], server.details[decision].now)
    let handed = made.pair == 0 ? "" : ", handing out \(text(token: made.pair))"
    return "\(made.outcome) by its clock \(now) s, on \(text(row: made.row))\(handed)"
  }
}
