// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// No token and no key shows, however a value is printed.
@Suite struct RestorationRedactionTests {
  private static let session = StoredSession(
    blob: StoredSession.Blob(
      tokens: TokenResponse(
        access: SecretString("SECRET-access"), expiresIn: .seconds(900),
        refresh: SecretString("SECRET-refresh"), refreshTokenExpiresIn: .seconds(2_592_000)),
      receivedAt: .receipt(0), idempotencyKey: Identifier128(high: 1, low: 1),
      name: SessionName(bits: 1), signedInAt: .receipt(0)))

  private static let response = TokenResponse.sample(
    "SECRET-access", refreshToken: "SECRET-refresh", refreshTokenExpiresIn: nil)

  private static let request = SessionRestoration.RefreshRequest(
    secretToken: SecretString("SECRET-refresh"), secretKey: SecretString("SECRET-key"),
    sendBefore: .receipt(0))

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
      .storeRead(ticket, .found(Self.session)), .signedIn(Self.response),
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
      .save(Self.session, .numbered(1)), .refresh(Self.request, .numbered(2)),
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
    let steps: [(inout RestorationDriver) -> Void] = [
      { $0.tell(.launched, at: 1_000) }, { $0.read(Self.session) },
      { $0.answer(.tokens(Self.response)) }, { $0.read(Self.session) }, { $0.saveFailed() },
      { $0.tell(.signedIn(Self.response)) }, { $0.read(Self.session) },
      { $0.tell(.signedOutByUser) }, { $0.read(Self.session) },
    ]
    var driver = RestorationDriver()
    for step in steps {
      step(&driver)
      Self.expectSecretFree(driver.machine)
      Self.expectSecretFree([driver.machine] as [SessionRestoration?])
      Self.expectSecretFree(driver.machine.memory)
      #expect(Mirror(reflecting: driver.machine).children.isEmpty)
    }
  }
}
