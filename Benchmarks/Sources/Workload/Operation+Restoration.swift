// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Operation {
  /// The app's launches: with a fresh access token, from the keychain's bytes, and with an old one.
  static func restoration() throws -> [Operation] {
    let fixture = try RestorationFixture()
    let (stored, response) = (fixture.stored, fixture.response)
    let bytes = stored.bytes
    let later = Fixture.now + .seconds(86_400)
    return [
      Operation("launch: resume") {
        try launch(.found(stored), at: Fixture.now)
      },
      Operation("launch: resume from bytes") {
        try launch(StoredSession.Reading(bytes: bytes), at: Fixture.now)
      },
      Operation("launch: refresh, answer, save") {
        try launch(.found(stored), response, at: later)
      },
    ]
  }

  /// Runs a launch that finds `found` in the store, up to a usable access token.
  private static func launch(
    _ found: StoredSession.Reading, _ response: TokenResponse? = nil, at now: NumericDate
  ) throws -> SessionRestoration.Access {
    var machine = SessionRestoration()
    var reading = found
    var effects = machine.handle(.launched, at: now)
    for _ in 0..<8 {
      switch effects.last {
      case .readStore(let ticket):
        effects = machine.handle(.storeRead(ticket, reading), at: now)
      case .refresh(_, let ticket):
        guard let response else { throw WorkloadError.missing("an answer") }
        effects = machine.handle(.answered(ticket, .tokens(response)), at: now)
      case .save(let session, let ticket):
        reading = .found(session)
        effects = machine.handle(.saved(ticket), at: now)
      default:
        guard case .attach = machine.access(at: now) else {
          throw WorkloadError.missing("a usable access token")
        }
        return machine.access(at: now)
      }
    }
    throw WorkloadError.missing("an end of the launch")
  }
}
