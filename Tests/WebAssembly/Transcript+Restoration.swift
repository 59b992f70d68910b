// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Transcript {
  /// The app's side: sign-in, the answers of a bad network, a retry, a refusal, a sign-out,
  /// and a launch that finds a session.
  static func printRestoration() {
    var generator = SeededGenerator(seed: 11)
    var machine = SessionRestoration()
    var store: [UInt8]?
    var now = start
    var pending: [SessionRestoration.Event] = [.launched]
    let bodies = [
      #"{"access_token":"a.1.x","token_type":"Bearer","expires_in":900,"refresh_token":"r.1.x"}"#,
      #"{"access_token":"a.2.x","token_type":"Bearer","expires_in":900.75,"refresh_token":"r.2.x"}"#,
    ]
    var later: [(seconds: Int64, event: SessionRestoration.Event)] = [
      (0, .signedIn(response(bodies[0]))), (600, .timePassed), (300, .timePassed),
      (7, .timePassed), (60, .timePassed), (0, .retryRequested), (1, .timePassed),
      (880, .accessRefused(accessToken: "a.2.x")), (1, .timePassed),
      (5, .signedIn(response(bodies[0]))), (5, .signedOutByUser), (1, .timePassed),
    ]
    var answers = [
      RefreshAnswer(status: 503, retryAfter: "7", body: [UInt8]()),
      RefreshAnswer(status: 502, body: "<html>".utf8),
      RefreshAnswer.unreachable,
      RefreshAnswer(status: 200, body: bodies[1].utf8),
      RefreshAnswer(
        status: 400, body: #"{"error":"invalid_grant","refusal":"reuse_detected"}"#.utf8),
    ]
    while true {
      if pending.isEmpty {
        guard !later.isEmpty else { break }
        let next = later.removeFirst()
        now = now + .seconds(next.seconds)
        pending.append(next.event)
      }
      let event = pending.removeFirst()
      show("event", event.description + " at " + now.description)
      for effect in machine.handle(event, at: now, using: &generator) {
        show("  effect", effect.description)
        switch effect {
        case .readStore(let ticket):
          pending.append(.storeRead(ticket, StoredSession.Reading(bytes: store)))
        case .save(let session, let ticket):
          store = session.bytes
          show("  stored", String(decoding: session.bytes, as: UTF8.self))
          pending.append(.saved(ticket))
        case .erase(let ticket):
          store = nil
          pending.append(.erased(ticket))
        case .refresh(let request, let ticket):
          show("  sent", request.refreshToken + " " + request.idempotencyKey)
          let answer = answers.isEmpty ? .unreachable : answers.removeFirst()
          pending.append(.answered(ticket, answer))
        case .sendRevocation(let refreshToken):
          show("  revoked", refreshToken)
        case .sessionInUse, .stateChanged, .accessRenewed, .wake:
          break
        }
      }
      show("  access", machine.access(at: now).description)
    }
  }

  private static func response(_ body: String) -> TokenResponse {
    unfailing { () throws(TokenError) in try TokenResponse(parsing: body.utf8) }
  }
}
