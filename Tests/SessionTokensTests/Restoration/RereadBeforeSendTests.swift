import Testing

@testable import SessionTokens

/// Before sending, the store is read again: another process of the app may have rotated.
@Suite struct RereadBeforeSendTests {
  @Test func `a refresh reads the store first and sends the token found there`() {
    var driver = RestorationDriver.launched(at: 100)
    #expect(driver.tell(.timePassed, at: 839) == [])
    #expect(driver.tell(.timePassed, at: 840) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1))), at: 841) == .sending(.numbered(1), 1))
  }

  @Test func `the token found there is sent though the clock was set back in the meantime`() {
    var driver = RestorationMoment.readingEarly.driver()
    #expect(
      driver.tell(.storeRead(.found(.numbered(1))), at: 100) == .sending(.numbered(1), 1))
  }

  @Test func `at a launch what was read for it is fresh enough`() {
    var driver = RestorationDriver()
    let effects = driver.launch(.found(.numbered(1)), at: 1_000)
    #expect(effects == [.stateChanged(.refreshing)] + .sending(.numbered(1), 1))
  }

  @Test func `a usable token found there is put to use and nothing is sent`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.tell(.storeRead(.found(.numbered(2, receivedAt: 990))))
        == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_200) == [])
  }

  @Test func `a token found there that has ended too is sent without a further look`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, receivedAt: 50)
    #expect(driver.tell(.storeRead(.found(found))) == .sending(found, 2))
  }

  @Test func `a token found there that is near its end is put to use and sent`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, receivedAt: 1_001 - 850)
    #expect(
      driver.tell(.storeRead(.found(found)))
        == [.stateChanged(.active), .accessRenewed] + .sending(found, 2))
  }

  @Test func `a key that differs is adopted as well, so that both processes use one`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession(
      accessToken: "access-1", expiresIn: .seconds(900), refreshToken: "refresh-1",
      refreshTokenExpiresIn: .seconds(2_592_000), receivedAt: .receipt(0),
      idempotencyKey: "another-process-key")
    #expect(driver.tell(.storeRead(.found(found))) == .sending(found, 2))
  }

  @Test func `a session without a refresh token found there is put to use`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, hasRefreshToken: false, receivedAt: 990)
    #expect(
      driver.tell(.storeRead(.found(found))) == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `a dead session without a refresh token found there ends in sign-in`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, hasRefreshToken: false)
    #expect(
      driver.tell(.storeRead(.found(found))) == [.stateChanged(.signedOut(.noRefreshToken))])
  }

  @Test func `an empty store means that another process has signed out`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.tell(.storeRead(.empty)) == [.stateChanged(.signedOut(.signedOutByUser))])
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test func `a corrupt store signs out and is left as it is`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.tell(.storeRead(.corrupt)) == [.stateChanged(.signedOut(.storeCorrupt))])
  }

  @Test func `a locked store is waited for`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(driver.tell(.storeRead(.locked)) == .suspending(at: 1_001))
    #expect(driver.tell(.timePassed, at: 1_002) == [.stateChanged(.refreshing), .readStore])
  }

  @Test func `time that passes while the store is read changes nothing`() {
    var driver = RestorationMoment.readingEarly.driver()
    let before = driver.machine
    #expect(driver.tell(.timePassed, at: 860) == [])
    #expect(driver.machine == before)
    #expect(driver.tell(.timePassed, at: 900) == [.stateChanged(.refreshing)])
  }
}
