// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The texts that a log may have.
@Suite struct RestorationDescriptionTests {
  @Test func `a session's description has its receipt and lifetimes`() {
    let text = "StoredSession(receivedAt: 1800000000, expiresIn: 900 s)"
    #expect(StoredSession.numbered(1).description == text)
    #expect(StoredSession.numbered(1).debugDescription == text)
    #expect(StoredSession.Reading.found(.numbered(1)).description == "found(\(text))")
    #expect(
      [StoredSession.Reading.locked, .empty, .corrupt].map(\.description)
        == ["locked", "empty", "corrupt"])
  }

  @Test func `an answer's description has its case, code and delay`() {
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

  @Test func `a spent session's description has its code`() {
    #expect(
      StoredSession.numbered(1, spentBy: .superseded).description
        == "StoredSession(receivedAt: 1800000000, expiresIn: 900 s, spent: superseded)")
  }

  static let effects: [(SessionRestoration.Effect, String)] = [
    (.sessionInUse(name: "AAAAAAAAAAE"), "sessionInUse(name: AAAAAAAAAAE)"),
    (.readStore(.numbered(1)), "readStore(#1)"), (.erase(.numbered(2)), "erase(#2)"),
    (.accessRenewed, "accessRenewed"),
    (.save(.numbered(1), .numbered(3)), "save(\(StoredSession.numbered(1)), #3)"),
    (.wake(after: .seconds(60)), "wake(after: 60 s)"),
    (.stateChanged(.active), "stateChanged(active)"),
    (.sendRevocation(refreshToken: "refresh-1"), "sendRevocation"),
  ]

  @Test(arguments: effects)
  func `an effect's description has its name and ticket`(
    _ effect: SessionRestoration.Effect, _ text: String
  ) {
    #expect(effect.description == text)
    #expect(effect.debugDescription == text)
  }

  @Test func `a request's description has its deadline, and in an effect its ticket`() {
    let request = SessionRestoration.RefreshRequest(
      secretToken: SecretString("refresh-1"), secretKey: SecretString("key-1"),
      sendBefore: .receipt(60))
    let text = "RefreshRequest(sendBefore: 1800000060)"
    #expect(request.description == text)
    #expect(request.debugDescription == text)
    #expect(
      SessionRestoration.Effect.refresh(request, .numbered(4)).description
        == "refresh(\(text), #4)")
  }

  static let events: [(SessionRestoration.Event, String)] = [
    (.launched, "launched"), (.storeRead(.numbered(7), .empty), "storeRead(#7, empty)"),
    (.saved(.numbered(1)), "saved(#1)"), (.saveFailed(.numbered(2)), "saveFailed(#2)"),
    (.erased(.numbered(4)), "erased(#4)"), (.eraseFailed(.numbered(5)), "eraseFailed(#5)"),
    (.retryRequested, "retryRequested"), (.signedIn(.numbered(1)), "signedIn"),
    (.timePassed, "timePassed"),
    (.answered(.numbered(3), .refused(.expired)), "answered(#3, refused(expired))"),
    (.accessRefused(accessToken: "access-1"), "accessRefused"),
    (.signedOutByUser, "signedOutByUser"),
  ]

  @Test(arguments: events)
  func `an event's description has its name and ticket`(
    _ event: SessionRestoration.Event, _ text: String
  ) {
    #expect(event.description == text)
    #expect(event.debugDescription == text)
  }

  static let states: [(SessionRestoration.State, String)] = [
    (.starting, "starting"), (.storeLocked(since: .receipt(7)), "storeLocked(since: 1800000007)"),
    (.refreshing, "refreshing"),
    (.active, "active"),
    (
      .suspended(since: 4, until: 5, .unreachable),
      "suspended(since: 1800000004, retryAt: 1800000005, cause: unreachable)"
    ),
    (
      .suspended(since: 4, until: 5, .server(nil)),
      "suspended(since: 1800000004, retryAt: 1800000005, cause: server)"
    ),
    (
      .suspended(since: 4, until: 5, .server(.clockSkew)),
      "suspended(since: 1800000004, retryAt: 1800000005, cause: server(clock_skew))"
    ),
    (
      .suspended(since: 4, until: 5, .store),
      "suspended(since: 1800000004, retryAt: 1800000005, cause: store)"
    ),
    (.signedOut(.neverSignedIn), "signedOut(neverSignedIn)"),
    (.signedOut(.signedOutByUser), "signedOut(signedOutByUser)"),
    (.signedOut(.storeCorrupt), "signedOut(storeCorrupt)"),
    (.signedOut(.noRefreshToken), "signedOut(noRefreshToken)"),
    (.signedOut(.refused(.windowClosed)), "signedOut(refused(window_closed))"),
  ]

  @Test(arguments: states)
  func `a state's description has its name and reason`(
    _ state: SessionRestoration.State, _ text: String
  ) {
    #expect(state.description == text)
  }

  @Test func `the description of access has its case and reason, and a machine's its state`() {
    #expect(SessionRestoration.Access.attach(accessToken: "access-1").description == "attach")
    #expect(SessionRestoration.Access.wait.debugDescription == "wait")
    #expect(
      SessionRestoration.Access.signIn(.noRefreshToken).description == "signIn(noRefreshToken)")
    let machine = RestorationMoment.active.driver().machine
    #expect(machine.description == "SessionRestoration(active)")
    #expect(machine.debugDescription == "SessionRestoration(active)")
  }
}
