@testable import SessionTokens

extension Specimen {
  /// The types of `Restoration`.
  static func restoration(_ scene: SecretScene) throws -> [Specimen] {
    typealias Machine = SessionRestoration
    let (session, response) = (scene.stored, scene.rotated.tokens.response)
    let refreshToken = scene.rotated.tokens.refreshToken
    let accessToken = scene.rotated.tokens.accessToken
    let request = Machine.RefreshRequest(
      refreshToken: refreshToken, idempotencyKey: session.idempotencyKey)
    let ticket = Machine.Ticket.numbered(1)
    let machines = machines(scene)
    return [
      Specimen(session),
      Specimen(StoredSession.Reading.found(session), .locked, .empty, .corrupt),
      Specimen(
        RefreshAnswer.tokens(response), .refused(.revoked),
        .unavailable(retryAfter: .seconds(1), code: nil)),
      Specimen(machines[0], machines[1], machines[2], machines[3], machines[4], machines[5]),
      Specimen(Machine.Configuration.standard),
      Specimen(Machine.State.active, .suspended(retryAt: AuthorityFixture.start)),
      Specimen(Machine.SignInReason.refused(.revoked), .neverSignedIn),
      Specimen(Machine.Access.attach(accessToken: accessToken), .wait),
      Specimen(
        Machine.Event.storeRead(.found(session)), .signedIn(response),
        .answered(ticket, .tokens(response)), .accessRefused(accessToken: accessToken), .launched),
      Specimen(
        Machine.Effect.save(session, ticket), .send(request, ticket),
        .sendRevocation(refreshToken: refreshToken), .readStore),
      Specimen(request), Specimen(ticket),
    ]
  }

  /// The machine after each step of a launch, a refresh and a sign-in, six in all.
  private static func machines(_ scene: SecretScene) -> [SessionRestoration] {
    var machine = SessionRestoration()
    var generator = SeededGenerator(seed: 1)
    let events: [SessionRestoration.Event] = [
      .launched, .storeRead(.found(scene.stored)), .timePassed, .storeRead(.found(scene.stored)),
      .answered(.numbered(1), .tokens(scene.opened.tokens.response)),
      .signedIn(scene.rotated.tokens.response),
    ]
    return events.map { event in
      _ = machine.handle(
        event, at: AuthorityFixture.start + .seconds(1_000), using: &generator)
      return machine
    }
  }
}
