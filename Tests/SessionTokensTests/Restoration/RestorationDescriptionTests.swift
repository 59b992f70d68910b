import Testing

@testable import SessionTokens

/// What a log may have.
@Suite struct RestorationDescriptionTests {
  @Test func `a session tells when it came and how long it lives`() {
    let text = "StoredSession(receivedAt: 1800000000, expiresIn: 900 s)"
    #expect(StoredSession.numbered(1).description == text)
    #expect(StoredSession.numbered(1).debugDescription == text)
    #expect(StoredSession.Reading.found(.numbered(1)).description == "found(\(text))")
    #expect(
      [StoredSession.Reading.locked, .empty, .corrupt].map(\.description)
        == ["locked", "empty", "corrupt"])
  }

  @Test func `answers tell their case, code and delay`() {
    let response = TokenResponse.numbered(2)
    #expect(RefreshAnswer.tokens(response).description == "tokens(\(response))")
    #expect(RefreshAnswer.refused(.revoked).description == "refused(revoked)")
    let answers: [RefreshAnswer] = [
      .unavailable(retryAfter: nil, code: nil), .unavailable(retryAfter: nil, code: .clockSkew),
      .unavailable(retryAfter: .seconds(7), code: nil),
      .unavailable(retryAfter: .seconds(7), code: .clockSkew), .unreachable,
    ]
    #expect(
      answers.map(\.description) == [
        "unavailable", "unavailable(clock_skew)", "unavailable(retryAfter: 7 s)",
        "unavailable(clock_skew, retryAfter: 7 s)", "unreachable",
      ])
  }

  static let effects: [(SessionRestoration.Effect, String)] = [
    (.readStore, "readStore"), (.erase, "erase"), (.accessRenewed, "accessRenewed"),
    (.save(.numbered(1), .numbered(3)), "save(\(StoredSession.numbered(1)), #3)"),
    (.wake(after: .seconds(60)), "wake(after: 60 s)"),
    (.stateChanged(.active), "stateChanged(active)"),
    (.sendRevocation(refreshToken: "refresh-1"), "sendRevocation"),
  ]

  @Test(arguments: effects)
  func `effects tell their name and their ticket`(
    _ effect: SessionRestoration.Effect, _ text: String
  ) {
    #expect(effect.description == text)
    #expect(effect.debugDescription == text)
  }

  @Test func `a request tells its name, and in an effect its ticket`() {
    let effects = [SessionRestoration.Effect].sending(.numbered(1), 4)
    #expect(effects.last?.description == "send(#4)")
    guard case .send(let request, _)? = effects.last else { return }
    #expect(request.description == "RefreshRequest")
    #expect(request.debugDescription == "RefreshRequest")
  }

  static let events: [(SessionRestoration.Event, String)] = [
    (.launched, "launched"), (.storeRead(.empty), "storeRead(empty)"),
    (.saved(.numbered(1)), "saved(#1)"), (.saveFailed(.numbered(2)), "saveFailed(#2)"),
    (.signedIn(.numbered(1)), "signedIn"), (.timePassed, "timePassed"),
    (.answered(.numbered(3), .refused(.expired)), "answered(#3, refused(expired))"),
    (.accessRefused(accessToken: "access-1"), "accessRefused"),
    (.signedOutByUser, "signedOutByUser"),
  ]

  @Test(arguments: events)
  func `events tell their name and their ticket`(
    _ event: SessionRestoration.Event, _ text: String
  ) {
    #expect(event.description == text)
    #expect(event.debugDescription == text)
  }

  static let states: [(SessionRestoration.State, String)] = [
    (.starting, "starting"), (.storeLocked, "storeLocked"), (.refreshing, "refreshing"),
    (.active, "active"), (.suspended(retryAt: .receipt(5)), "suspended(retryAt: 1800000005)"),
    (.signedOut(.neverSignedIn), "signedOut(neverSignedIn)"),
    (.signedOut(.signedOutByUser), "signedOut(signedOutByUser)"),
    (.signedOut(.storeCorrupt), "signedOut(storeCorrupt)"),
    (.signedOut(.noRefreshToken), "signedOut(noRefreshToken)"),
    (.signedOut(.refused(.windowClosed)), "signedOut(refused(window_closed))"),
  ]

  @Test(arguments: states)
  func `states tell their name and their reason`(_ state: SessionRestoration.State, _ text: String)
  {
    #expect(state.description == text)
  }

  @Test func `access tells its case and reason, and a machine its state`() {
    #expect(SessionRestoration.Access.attach(accessToken: "access-1").description == "attach")
    #expect(SessionRestoration.Access.wait.debugDescription == "wait")
    #expect(
      SessionRestoration.Access.signIn(.noRefreshToken).description == "signIn(noRefreshToken)")
    let machine = RestorationMoment.active.driver().machine
    #expect(machine.description == "SessionRestoration(active)")
    #expect(machine.debugDescription == "SessionRestoration(active)")
  }
}
