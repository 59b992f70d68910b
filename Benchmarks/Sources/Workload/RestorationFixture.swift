// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The app's state after a sign-in.
struct RestorationFixture: Sendable {
  let response: TokenResponse
  let stored: StoredSession

  init() throws {
    response = try SessionFixture().tokens.response
    var machine = SessionRestoration()
    var stored: StoredSession?
    if case .readStore(let ticket)? = machine.handle(.signedIn(response), at: Fixture.now).last,
      case .save(let session, _)? =
        machine.handle(.storeRead(ticket, .empty), at: Fixture.now).last
    {
      stored = session
    }
    self.stored = try required(stored, "an effect that saves")
  }
}
