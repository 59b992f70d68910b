// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 7: while signed out, the store is read again (a *look*), and a session that did not end
/// here is adopted.
@Suite struct SignedOutLookTests {
  @Test(arguments: [SessionRestoration.Event.timePassed, .launched, .retryRequested])
  func `a look comes at most once a second, without a wake`(
    _ event: SessionRestoration.Event
  ) {
    var driver = RestorationMoment.signedOut.driver()
    #expect(driver.tell(event, at: 1_000) == [])
    #expect(driver.tell(event, at: 1_001) == [.readStore])
    #expect(driver.read(.empty) == [])
    #expect(driver.tell(event, at: 1_001) == [])
    #expect(driver.tell(event, at: 1_002) == [.readStore])
  }

  @Test func `a clock set back restarts the second between looks`() {
    var driver = RestorationMoment.signedOut.driver()
    #expect(driver.tell(.timePassed, at: 10) == [])
    #expect(driver.tell(.timePassed, at: 11) == [.readStore])
  }

  @Test func `other events cause no look`() {
    var driver = RestorationMoment.signedOut.driver()
    #expect(driver.tell(.accessRefused(accessToken: "access-1"), at: 2_000) == [])
    #expect(driver.machine.memory.awaited == nil)
  }

  @Test func `a session that appears is in use at once`() {
    var driver = RestorationMoment.looking.driver()
    #expect(
      driver.read(.numbered(1, receivedAt: 1_000)) == [.sessionInUse(1), .stateChanged(.active)])
  }

  @Test func `a session that appears with an ended access token is refreshed`() {
    var driver = RestorationMoment.looking.driver()
    #expect(
      driver.read(.numbered(1)) == [
        .sessionInUse(1), .stateChanged(.refreshing), .wake(60),
        .refresh(.numbered(1), before: 1_061),
      ])
  }

  @Test func `another access token without a refresh token doesn't count as refused`() {
    let refused = StoredSession.numbered(1, hasRefreshToken: false)
    var driver = RestorationDriver.launched(refused, at: 100)
    driver.tell(.accessRefused(accessToken: "access-1"), at: 200)
    #expect(driver.state == .signedOut(.noRefreshToken))
    driver.tell(.timePassed, at: 201)
    #expect(driver.read(refused) == [])
    driver.tell(.timePassed, at: 202)
    driver.read(.numbered(2, hasRefreshToken: false, receivedAt: 190))
    #expect(driver.state == .active)
  }

  /// Readings that the launch order wouldn't use.
  @Test(arguments: [
    StoredSession.Reading.empty, .corrupt, .locked, .found(.numbered(1, spentBy: .superseded)),
    .found(.numbered(1, hasRefreshToken: false)),
  ])
  func `a reading that the launch order wouldn't use changes nothing`(
    _ reading: StoredSession.Reading
  ) {
    var driver = RestorationMoment.looking.driver()
    for time in 1_002...1_010 as ClosedRange<Int64> {
      #expect(driver.read(reading) == [])
      #expect(driver.state == .signedOut(.neverSignedIn))
      #expect(driver.machine.memory.pause == nil)
      #expect(driver.tell(.timePassed, at: time) == [.readStore])
    }
  }

  @Test func `an unanswered look is repeated, and any of its answers counts`() {
    var driver = RestorationMoment.looking.driver()
    let first = driver.ticket
    #expect(driver.tell(.timePassed, at: 1_001) == [])
    #expect(driver.tell(.timePassed, at: 1_002) == [.readStore])
    #expect(driver.ticket != first)
    #expect(
      driver.tell(.storeRead(first, .found(.numbered(1, receivedAt: 1_000))))
        == [.sessionInUse(1), .stateChanged(.active)])
  }

  @Test func `an answer to a look before an answered one is ignored`() {
    var driver = RestorationMoment.looking.driver()
    let first = driver.ticket
    driver.tell(.timePassed, at: 1_002)
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_003)
    #expect(driver.tell(.storeRead(first, .found(.numbered(1)))) == [])
    #expect(driver.read(.numbered(1, receivedAt: 1_000)).first == .sessionInUse(1))
  }

  @Test func `an answer to the launch's reading doesn't count for a look`() {
    var driver = RestorationMoment.opening.driver()
    let launch = driver.ticket
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.tell(.storeRead(launch, .found(.numbered(1)))) == [])
  }

  @Test func `a look without an answer is given up after its timeout, and repeated`() {
    var driver = RestorationMoment.looking.driver()
    #expect(driver.tell(.timePassed, at: 5_000) == [.readStore])
    #expect(driver.read(.numbered(1, receivedAt: 4_900)).first == .sessionInUse(1))
  }

  // MARK: By the reason

  @Test(arguments: [StoredSession.Reading.empty, .corrupt])
  func `a sign-out by an odd reading ends nothing`(_ reading: StoredSession.Reading) {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.read(reading)
    driver.tell(.timePassed, at: 1_003)
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_004)
    #expect(
      driver.read(.numbered(1)) == [
        .stateChanged(.refreshing), .wake(60), .refresh(.numbered(1), before: 1_064),
      ])
  }

  @Test func `a session that a sign-in replaced does not come back when the sign-in has ended`() {
    var driver = RestorationDriver.launched(.numbered(1, lifetime: 3_600), at: 0)
    driver.signIn(2, hasRefreshToken: false, at: 100)
    driver.read(.numbered(1, lifetime: 3_600))
    for time in [100, 200, 400] as [Int64] {
      driver.tell(.timePassed, at: time)
      driver.read(.numbered(1, lifetime: 3_600))
      driver.saveFailed()
    }
    #expect(driver.tell(.timePassed, at: 1_000).last == .signedOut(.noRefreshToken))
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    #expect(driver.read(.numbered(1, lifetime: 3_600)) == [.wake(60), .erase])
    #expect(driver.state == .signedOut(.noRefreshToken))
  }

  /// A sign-in whose saves fail, after it has sent its refresh token, and the session that it
  /// replaces.
  private static func unsavedSignIn() -> (old: StoredSession, driver: RestorationDriver) {
    let old = StoredSession.numbered(1, lifetime: 3_600)
    var driver = RestorationDriver.launched(old, at: 0)
    driver.signIn(2, lifetime: 300, at: 100)
    driver.read(.found(old))
    driver.saveFailed()
    for time in [101, 400] as [Int64] {
      driver.tell(.timePassed, at: time)
      driver.read(.found(old))
      driver.saveFailed()
    }
    #expect(driver.read(.found(old)).last?.isRefresh == true)
    return (old, driver)
  }

  /// The sign-in was never saved; the store that couldn't be written reads empty once.
  @Test(arguments: DefinitiveRefusalTests.ofTheToken + DefinitiveRefusalTests.ofTheSession)
  func `a session that a sign-in replaced does not come back when the sign-in was refused`(
    _ code: Refusal.Code
  ) {
    let (old, signIn) = Self.unsavedSignIn()
    var driver = signIn
    driver.answer(.refused(code))
    driver.read(.found(old))
    #expect(driver.state == .signedOut(.refused(code)))
    if code.emptiesStore { driver.eraseFailed() } else { driver.saveFailed() }
    driver.tell(.timePassed, at: 500)
    // The retry marks or erases the blob it finds, as at first.
    var retried = driver
    #expect(retried.read(.found(old)).last?.isSave == !code.emptiesStore)
    driver.read(.empty)
    driver.tell(.timePassed, at: 501)
    #expect(driver.read(.found(old)) == [.wake(60), .erase])
    #expect(driver.state == .signedOut(.refused(code)))
  }

  /// Another process has refreshed the session that the sign-in was to replace.
  @Test func `a replaced session that another process refreshed doesn't come back either`() {
    let (old, signIn) = Self.unsavedSignIn()
    var driver = signIn
    driver.answer(.refused(.superseded))
    driver.read(.found(old))
    driver.saveFailed()
    driver.tell(.timePassed, at: 500)
    #expect(driver.read(.numbered(3, lifetime: 3_600, receivedAt: 450)).last == .erase)
  }

  @Test func `a refused token isn't sent again, even if the store read empty before the mark`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.refused(.superseded))
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_002)
    driver.read(.empty)
    #expect(driver.state == .signedOut(.signedOutByUser))
    driver.tell(.timePassed, at: 1_003)
    #expect(driver.read(.numbered(1)) == [])
    driver.tell(.timePassed, at: 1_004)
    #expect(driver.read(.numbered(2, receivedAt: 1_000)).last == .stateChanged(.active))
  }

  /// A server of RFC 6749 that gives no new refresh token has refused the token once, and then
  /// accepted it.
  @Test func `a token that was accepted after a refusal doesn't count as refused`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.refused(.invalidGrant))
    driver.read(.numbered(1, receivedAt: 990, key: 9))
    driver.tell(.timePassed, at: 1_850)
    driver.read(.numbered(1, receivedAt: 990, key: 9))
    driver.answer(.tokens(2, hasRefreshToken: false))
    driver.read(.numbered(1, receivedAt: 990, key: 9))
    driver.saved()
    let renewed = StoredSession.renewed(2, at: 1_850).withRefreshToken(
      "refresh-1", expiresIn: nil)
    var other = driver
    #expect(other.signIn(7).compactMap(\.revoked) == ["refresh-1"])
    for time in [2_690, 2_692] as [Int64] {
      driver.tell(.timePassed, at: time)
      driver.read(.empty)
    }
    #expect(driver.state == .signedOut(.signedOutByUser))
    driver.tell(.timePassed, at: 2_693)
    #expect(driver.read(.found(renewed)).contains(.stateChanged(.active)))
  }

  @Test func `a token stays refused when the server accepts another one of its session`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.refused(.superseded))
    driver.read(.numbered(2, receivedAt: 990))
    driver.tell(.timePassed, at: 1_850)
    driver.read(.numbered(2, receivedAt: 990))
    driver.answer(.tokens(3))
    driver.read(.numbered(2, receivedAt: 990))
    driver.saved()
    for time in [2_690, 2_692] as [Int64] {
      driver.tell(.timePassed, at: time)
      driver.read(.empty)
    }
    driver.tell(.timePassed, at: 2_693)
    #expect(driver.read(.numbered(1)) == [])
    #expect(driver.state == .signedOut(.signedOutByUser))
  }

  /// A server of RFC 6749 may give a token that it has refused again.
  @Test func `a session with a token that was refused before its sign-in comes back`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.refused(.invalidGrant))
    driver.read(.numbered(1))
    driver.saved()
    driver.tell(.timePassed, at: 1_001)
    let again = StoredSession.numbered(1, session: 7, signedInAt: 1_000, receivedAt: 1_000)
    #expect(driver.read(.found(again)).last == .stateChanged(.active))
  }

  @Test func `a session that was signed out unread is revoked, whatever ended a sign-in since`() {
    var driver = RestorationDriver()
    driver.launch(.locked, at: 5)
    driver.tell(.signedOutByUser, at: 10)
    driver.read(.locked)
    driver.signIn(2, lifetime: 300, hasRefreshToken: false, at: 20)
    driver.read(.locked)
    driver.tell(.timePassed, at: 320)
    #expect(driver.state == .signedOut(.noRefreshToken))
    #expect(driver.tell(.timePassed, at: 330) == [.readStore])
    #expect(driver.read(.numbered(1)) == [.wake(60), .sendRevocation("refresh-1"), .erase])
  }

  /// A server of RFC 6749 may give the same access token with each refresh token.
  @Test func `another refresh token doesn't count as refused`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let refused = StoredSession.numbered(1)
    driver.answer(.refused(.invalidGrant))
    driver.read(refused)
    driver.saved()
    #expect(driver.state == .signedOut(.refused(.invalidGrant)))
    driver.tell(.timePassed, at: driver.time + 1)
    #expect(driver.read(refused) == [])
    driver.tell(.timePassed, at: driver.time + 1)
    let newer = refused.withRefreshToken("refresh-2", expiresIn: .seconds(2_592_000))
    #expect(driver.read(newer).first == .stateChanged(.refreshing))
  }

  @Test func `a session without a refresh token comes back when the clock is corrected`() {
    let lone = StoredSession.numbered(1, hasRefreshToken: false)
    var driver = RestorationDriver.launched(lone, at: 100)
    #expect(driver.tell(.timePassed, at: 900) == [.signedOut(.noRefreshToken)])
    #expect(driver.tell(.timePassed, at: 901) == [.readStore])
    #expect(driver.read(lone) == [])
    #expect(driver.tell(.timePassed, at: 100) == [])
    #expect(driver.tell(.timePassed, at: 101) == [.readStore])
    #expect(driver.read(lone) == [.stateChanged(.active)])
  }

  @Test func `a refused access token without a refresh token doesn't come back`() {
    let lone = StoredSession.numbered(1, hasRefreshToken: false)
    var driver = RestorationDriver.launched(lone, at: 100)
    driver.tell(.accessRefused(accessToken: "access-1"))
    #expect(driver.state == .signedOut(.noRefreshToken))
    driver.tell(.timePassed, at: 101)
    #expect(driver.read(lone) == [])
    #expect(driver.state == .signedOut(.noRefreshToken))
  }

  @Test
  func `a refusal of the token ends only that token, and another process's newer blob is adopted`()
  {
    var driver = RestorationMoment.marking.driver()
    driver.saved()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(.numbered(1)) == [])
    driver.tell(.timePassed, at: 1_002)
    #expect(driver.read(.numbered(2).withRefreshToken("refresh-1", expiresIn: nil)) == [])
    driver.tell(.timePassed, at: 1_003)
    #expect(driver.read(.numbered(2, receivedAt: 1_000)) == [.stateChanged(.active)])
  }

  @Test func `a refusal of the session ends it, and a blob of it is erased`() {
    var driver = RestorationMoment.readingBeforeRefusal.driver()
    driver.read(.numbered(1))
    driver.erased()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(.numbered(2, receivedAt: 1_000)) == [.wake(60), .erase])
    driver.erased()
    driver.tell(.timePassed, at: 1_002)
    #expect(
      driver.read(.numbered(3, session: 3, receivedAt: 1_000))
        == [.sessionInUse(3), .stateChanged(.active)])
  }
}
