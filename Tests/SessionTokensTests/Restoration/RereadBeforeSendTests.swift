// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 1: before sending, the store is read, because another process of the app may have rotated.
@Suite struct RereadBeforeSendTests {
  @Test func `a refresh reads the store first and sends the token found there`() {
    var driver = RestorationDriver.launched(at: 100)
    #expect(driver.tell(.timePassed, at: 839) == [])
    #expect(driver.tell(.timePassed, at: 840) == [.wake(60), .readStore])
    #expect(
      driver.read(.numbered(1), at: 841) == [.wake(60), .refresh(.numbered(1), before: 901)])
  }

  @Test func `the token found in the store is sent even if the clock was set back meanwhile`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.tell(.accessRefused(accessToken: "access-1"))
    #expect(
      driver.read(.numbered(1), at: 100) == [.wake(60), .refresh(.numbered(1), before: 160)])
  }

  @Test func `a clock set back to where nothing is due sends nothing`() {
    var driver = RestorationMoment.readingEarly.driver()
    #expect(driver.read(.numbered(1), at: 100) == [])
    #expect(driver.tell(.timePassed, at: 101) == [])
  }

  @Test func `at a launch the launch's own reading is the one before sending`() {
    var driver = RestorationDriver()
    #expect(
      driver.launch(.found(.numbered(1)), at: 1_000) == [
        .sessionInUse(1), .stateChanged(.refreshing), .refresh(.numbered(1), before: 1_060),
      ])
  }

  @Test func `a usable token found in the store is put to use and nothing is sent`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.read(.numbered(2, receivedAt: 990)) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_200) == [])
  }

  @Test func `a token found in the store that has ended too is sent without a further reading`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, receivedAt: 50)
    #expect(driver.read(found) == [.refresh(found, before: 1_061)])
  }

  @Test func `a token found in the store that is near its end is put to use and sent`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, receivedAt: 1_001 - 850)
    #expect(
      driver.read(found)
        == [.stateChanged(.active), .accessRenewed, .refresh(found, before: 1_061)])
  }

  @Test func `a key that differs is adopted as well, so that both processes use one`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(1, key: 9)
    #expect(driver.read(found) == [.refresh(found, before: 1_061)])
  }

  @Test func `a session without a refresh token found in the store is put to use`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    let found = StoredSession.numbered(2, hasRefreshToken: false, receivedAt: 990)
    #expect(driver.read(found) == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `an ended session without a refresh token found in the store leads to sign-in`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.read(.numbered(2, hasRefreshToken: false)) == [.signedOut(.noRefreshToken)])
  }

  @Test func `a spent token found in the store leads to sign-in, and isn't sent`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.read(.numbered(1, spentBy: .superseded)) == [.signedOut(.refused(.superseded))])
    #expect(driver.tell(.timePassed, at: 2_000) == [.readStore])
    #expect(driver.read(.numbered(1, spentBy: .superseded)) == [])
  }

  /// Another process has rotated, and the server refused its new token: the one in use here is
  /// older.
  @Test(arguments: [RestorationMoment.readingEarly, .readingBeforeSend, .readingBeforeRefusal])
  func `a newer token that is spent isn't overwritten with an older one`(
    _ moment: RestorationMoment
  ) {
    for session in [1, 9] as [UInt64] {
      var driver = moment.driver()
      #expect(
        driver.read(.numbered(2, session: session, spentBy: .superseded))
          == [.signedOut(.refused(.superseded))])
    }
  }

  @Test func `a request waits for a locked store`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(
      driver.read(.locked)
        == [.suspended(since: 1_000, until: 1_003, .store), .wake(2)])
    #expect(driver.tell(.timePassed, at: 1_003) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 1_063)])
  }

  @Test func `time that passes while the store is read causes no second reading`() {
    var driver = RestorationMoment.readingEarly.driver()
    let before = driver.machine
    #expect(driver.tell(.timePassed, at: 860) == [.wake(50)])
    #expect(driver.machine == before)
    #expect(driver.tell(.timePassed, at: 900) == [.stateChanged(.refreshing), .wake(10)])
  }
}
