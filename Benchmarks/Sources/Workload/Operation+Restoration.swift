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
        var machine = SessionRestoration()
        use(machine.handle(.launched, at: Fixture.now))
        return machine.handle(.storeRead(.found(stored)), at: Fixture.now)
      },
      Operation("launch: resume from bytes") {
        var machine = SessionRestoration()
        use(machine.handle(.launched, at: Fixture.now))
        return machine.handle(
          .storeRead(StoredSession.Reading(bytes: bytes)), at: Fixture.now)
      },
      Operation("launch: refresh, answer, save") {
        var machine = SessionRestoration()
        use(machine.handle(.launched, at: later))
        return try refresh(&machine, stored, response, at: later)
      },
    ]
  }

  private static func refresh(
    _ machine: inout SessionRestoration, _ stored: StoredSession, _ response: TokenResponse,
    at now: NumericDate
  ) throws -> SessionRestoration.Access {
    var reading = StoredSession.Reading.found(stored)
    var effects = machine.handle(.storeRead(reading), at: now)
    for _ in 0..<8 {
      switch effects.last {
      case .readStore: effects = machine.handle(.storeRead(reading), at: now)
      case .send(_, let ticket):
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
