import Testing

@testable import SessionTokens

/// No token and no key shows, however a value is printed.
@Suite struct RestorationRedactionTests {
  private static let session = StoredSession(
    accessToken: "SECRET-access", expiresIn: .seconds(900), refreshToken: "SECRET-refresh",
    refreshTokenExpiresIn: .seconds(2_592_000), receivedAt: .receipt(0),
    idempotencyKey: "SECRET-idempotency-key")

  private static let response = TokenResponse.sample(
    "SECRET-access", refreshToken: "SECRET-refresh", refreshTokenExpiresIn: nil)

  private static let request = SessionRestoration.RefreshRequest(
    refreshToken: "SECRET-refresh", idempotencyKey: "SECRET-idempotency-key")

  private static func expectSecretFree(
    _ value: some Any, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in Disclosure.texts(of: value) {
      #expect(!text.contains("SECRET"), "\(text)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a session and its readings are redacted`() {
    Self.expectSecretFree(Self.session)
    Self.expectSecretFree(Self.session as StoredSession?)
    Self.expectSecretFree([Self.session])
    Self.expectSecretFree(StoredSession.Reading.found(Self.session))
    Self.expectSecretFree([StoredSession.Reading.found(Self.session)])
    #expect(Mirror(reflecting: Self.session).children.isEmpty)
  }

  @Test func `requests, answers and access are redacted`() {
    Self.expectSecretFree(Self.request)
    Self.expectSecretFree(RefreshAnswer.tokens(Self.response))
    Self.expectSecretFree([RefreshAnswer.tokens(Self.response)] as [RefreshAnswer?])
    Self.expectSecretFree(SessionRestoration.Access.attach(accessToken: "SECRET-access"))
    #expect(Mirror(reflecting: Self.request).children.isEmpty)
  }

  @Test func `events are redacted`() {
    let ticket = SessionRestoration.Ticket.numbered(1)
    let events: [SessionRestoration.Event] = [
      .storeRead(.found(Self.session)), .signedIn(Self.response),
      .answered(ticket, .tokens(Self.response)), .accessRefused(accessToken: "SECRET-access"),
    ]
    for event in events {
      Self.expectSecretFree(event)
      #expect(Mirror(reflecting: event).children.isEmpty)
    }
    Self.expectSecretFree(events)
  }

  @Test func `effects are redacted`() {
    let effects: [SessionRestoration.Effect] = [
      .save(Self.session, .numbered(1)), .send(Self.request, .numbered(2)),
      .sendRevocation(refreshToken: "SECRET-refresh"),
    ]
    for effect in effects {
      Self.expectSecretFree(effect)
      #expect(Mirror(reflecting: effect).children.isEmpty)
    }
    Self.expectSecretFree(effects)
    Self.expectSecretFree(effects as [SessionRestoration.Effect]?)
  }

  @Test func `a machine that holds a session, or is about to, is redacted`() {
    var machine = SessionRestoration()
    var source = ConstantSource()
    let events: [SessionRestoration.Event] = [
      .launched, .storeRead(.found(Self.session)), .answered(.numbered(1), .tokens(Self.response)),
      .storeRead(.found(Self.session)), .saveFailed(.numbered(2)), .signedIn(Self.response),
    ]
    for event in events {
      _ = machine.handle(event, at: .receipt(1_000), using: &source)
      Self.expectSecretFree(machine)
      Self.expectSecretFree([machine] as [SessionRestoration?])
      Self.expectSecretFree(machine.phase)
      #expect(Mirror(reflecting: machine).children.isEmpty)
    }
  }
}
