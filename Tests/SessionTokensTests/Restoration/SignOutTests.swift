import Testing

@testable import SessionTokens

/// The store first, then the state, then the server.
@Suite struct SignOutTests {
  /// The refresh token that the server knows last, in each phase.
  private static func newest(_ moment: RestorationMoment) -> String? {
    switch moment {
    case .idle, .opening, .locked, .reopening, .signedOut: nil
    case .active, .readingEarly, .awaitingEarly, .pausingEarly, .readingBeforeSend,
      .awaitingAnswer, .readingBeforeSignOut, .suspended:
      "refresh-1"
    case .signingIn, .signingInOver, .readingBeforeSave, .saving, .pausingUnsaved,
      .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn, .savingUnsavedSignIn:
      "refresh-2"
    }
  }

  private static let reason = SessionRestoration.State.signedOut(.signedOutByUser)

  @Test(arguments: RestorationMoment.allCases)
  func `in any phase the store is erased, the state told, the newest token revoked`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let revocation = Self.newest(moment).map { token in
      [SessionRestoration.Effect.sendRevocation(refreshToken: token)]
    }
    #expect(
      driver.tell(.signedOutByUser)
        == [.erase, .stateChanged(Self.reason)] + (revocation ?? []))
    #expect(driver.state == Self.reason)
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test func `a second sign-out erases again and tells nothing`() {
    var driver = RestorationMoment.active.driver()
    driver.tell(.signedOutByUser)
    #expect(driver.tell(.signedOutByUser) == [.erase])
  }

  @Test func `without a refresh token there is nothing to revoke`() {
    var driver = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 0)
    #expect(driver.tell(.signedOutByUser) == [.erase, .stateChanged(Self.reason)])
  }

  @Test(arguments: RestorationMoment.allCases)
  func `whatever comes late does not sign back in`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser)
    let before = driver.machine.phase
    let late: [SessionRestoration.Event] =
      [.storeRead(.found(.numbered(1))), .storeRead(.locked), .storeRead(.corrupt)]
      + [.timePassed, .launched, .accessRefused(accessToken: "access-1")]
      + ([1, 2, 3, 4] as [UInt64]).flatMap { number -> [SessionRestoration.Event] in
        let ticket = SessionRestoration.Ticket.numbered(number)
        return [
          .answered(ticket, .tokens(.numbered(2))), .answered(ticket, .refused(.revoked)),
          .answered(ticket, .unavailable(retryAfter: nil, code: nil)), .saved(ticket),
          .saveFailed(ticket),
        ]
      }
    for event in late { #expect(driver.tell(event) == [], "\(event)") }
    #expect(driver.machine.phase == before)
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test func `a reading from before the sign-out is not taken for a later one`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.tell(.signedOutByUser)
    driver.tell(.signedIn(.numbered(2)))
    driver.tell(.saved(.numbered(2)))
    #expect(driver.state == .active)
    #expect(driver.tell(.timePassed, at: 1_850) == [.readStore])
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [])
    let own = StoredSession.renewed(2, at: 1_001)
    #expect(driver.tell(.storeRead(.found(own))) == .sending(own, 3))
  }

  @Test func `a launch's reading that comes after a sign-in is not taken`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedIn(.numbered(2)))
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [])
    #expect(driver.tell(.saved(.numbered(1))) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `readings that nobody asked for do not spoil the count`() {
    var driver = RestorationMoment.active.driver()
    for _ in 1...3 { #expect(driver.tell(.storeRead(.empty)) == []) }
    #expect(driver.tell(.timePassed, at: 850) == [.readStore])
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 1))
  }

  @Test func `a save that ends after the sign-out is not taken for a later one`() {
    var driver = RestorationMoment.signingIn.driver()
    driver.tell(.signedOutByUser)
    driver.tell(.signedIn(.numbered(3)))
    #expect(driver.tell(.saved(.numbered(1))) == [])
    #expect(driver.tell(.saveFailed(.numbered(1))) == [])
    #expect(driver.access == .wait)
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
  }
}
