import SessionTokens

/// What the app holds after a sign-in.
struct RestorationFixture: Sendable {
  let response: TokenResponse
  let stored: StoredSession

  init() throws {
    response = try SessionFixture().tokens.response
    var machine = SessionRestoration()
    _ = machine.handle(.launched, at: Fixture.now)
    _ = machine.handle(.storeRead(.empty), at: Fixture.now)
    let effects = machine.handle(.signedIn(response), at: Fixture.now)
    var stored: StoredSession?
    for case .save(let session, _) in effects { stored = session }
    self.stored = try required(stored, "an effect that saves")
  }
}
