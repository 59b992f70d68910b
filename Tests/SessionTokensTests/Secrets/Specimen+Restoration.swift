// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension Specimen {
  /// The types of `Restoration`.
  static func restoration(_ scene: SecretScene) throws -> [Specimen] {
    typealias Machine = SessionRestoration
    let (session, response) = (scene.stored, scene.rotated.tokens.response)
    let refreshToken = scene.rotated.tokens.refreshToken
    let accessToken = scene.rotated.tokens.accessToken
    let request = Machine.RefreshRequest(
      secretToken: SecretString(refreshToken),
      secretKey: SecretString(session.blob.idempotencyKey.text), sendBefore: AuthorityFixture.start)
    let ticket = Machine.Ticket.numbered(1)
    let machines = machines(scene)
    let suspension = Machine.Suspension(
      since: AuthorityFixture.start, retryAt: AuthorityFixture.start, cause: .unreachable)
    return [
      Specimen(session),
      Specimen(StoredSession.Reading.found(session), .locked, .empty, .corrupt),
      Specimen(
        RefreshAnswer.tokens(response), .refused(.revoked),
        .unavailable(retryAfter: .seconds(1), code: .clockSkew), .unreachable),
      Specimen(
        machines[0], machines[1], machines[2], machines[3], machines[4], machines[5], machines[6]),
      Specimen(Machine.Configuration.standard),
      Specimen(Machine.State.active, .suspended(suspension)), Specimen(suspension),
      Specimen(Machine.Suspension.Cause.server(.clockSkew), .unreachable, .store),
      Specimen(Machine.SignInReason.refused(.revoked), .neverSignedIn),
      Specimen(Machine.Access.attach(accessToken: accessToken), .wait),
      Specimen(
        Machine.Event.storeRead(ticket, .found(session)), .signedIn(response),
        .answered(ticket, .tokens(response)), .accessRefused(accessToken: accessToken), .launched),
      Specimen(
        Machine.Effect.save(session, ticket), .refresh(request, ticket),
        .sendRevocation(refreshToken: refreshToken), .readStore(ticket)),
      Specimen(request), Specimen(ticket),
    ]
  }

  /// The machine after each step of a launch, a refresh and a sign-in, seven in all.
  private static func machines(_ scene: SecretScene) -> [SessionRestoration] {
    let steps: [(inout RestorationDriver) -> Void] = [
      { $0.tell(.launched, at: 100_000) }, { $0.read(scene.stored) },
      { $0.answer(.tokens(scene.opened.tokens.response)) }, { $0.read(scene.stored) },
      { $0.saveFailed() }, { $0.tell(.signedIn(scene.rotated.tokens.response)) },
      { $0.tell(.signedOutByUser) },
    ]
    var driver = RestorationDriver()
    return steps.map { step in
      step(&driver)
      return driver.machine
    }
  }
}
