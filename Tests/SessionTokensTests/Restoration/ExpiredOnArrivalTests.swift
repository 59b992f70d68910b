// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 9: an access token that arrives expired is refreshed once more; a second one is a failure.
@Suite struct ExpiredOnArrivalTests {
  /// Answers a request with tokens that arrive expired, and saves them.
  private static func answerExpired(
    _ driver: inout RestorationDriver, over stored: StoredSession, _ number: Int
  ) -> [Told] {
    driver.answer(.tokens(number, lifetime: 0))
    driver.read(stored)
    return driver.saved()
  }

  @Test func `tokens that arrive expired are saved, then refreshed once without a pause`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(Self.answerExpired(&driver, over: .numbered(1), 2) == [.readStore])
    #expect(driver.access == .wait)
    let second = StoredSession.renewed(2, at: 1_000, lifetime: 0)
    #expect(driver.read(second) == [.refresh(second, before: 1_060)])
    #expect(
      Self.answerExpired(&driver, over: second, 3)
        == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
    let third = StoredSession.renewed(3, at: 1_000, lifetime: 0)
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(third) == [.refresh(third, before: 1_061)])
  }

  /// A machine that received tokens 2 and then tokens 3, both expired; the store is being read.
  private static func secondExpired(
    configuration: SessionRestoration.Configuration = .standard
  ) -> RestorationDriver {
    var driver = RestorationMoment.awaitingAnswer.driver(configuration: configuration)
    _ = answerExpired(&driver, over: .numbered(1), 2)
    driver.read(.renewed(2, at: 1_000, lifetime: 0))
    driver.answer(.tokens(3, lifetime: 0))
    return driver
  }

  @Test func `second tokens that arrive expired and whose save fails are saved after the pause`() {
    var driver = Self.secondExpired()
    driver.read(.renewed(2, at: 1_000, lifetime: 0))
    #expect(
      driver.saveFailed() == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
    driver.tell(.timePassed, at: 1_001)
    #expect(
      driver.read(.renewed(2, at: 1_000, lifetime: 0)).last
        == .save(.renewed(3, at: 1_000, lifetime: 0)))
  }

  @Test func `second tokens that arrive expired wait for the pause, whatever the store holds`()
    throws
  {
    var driver = Self.secondExpired()
    #expect(
      driver.read(.locked) == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
    var sharing = Self.secondExpired(configuration: try .sharingStore())
    #expect(
      sharing.read(.locked) == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
    #expect(sharing.tell(.timePassed, at: 1_000) == [.wake(1)])
  }

  @Test func `second tokens that arrive expired wait for the pause, even if they are found saved`()
  {
    var driver = Self.secondExpired()
    #expect(
      driver.read(.renewed(3, at: 1_000, lifetime: 0))
        == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
  }

  @Test func `after network failures, tokens that arrive expired are refreshed without a pause`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.read(.numbered(1))
    #expect(Self.answerExpired(&driver, over: .numbered(1), 2) == [.readStore])
  }

  @Test func `a server whose tokens always arrive expired is asked less and less often`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    var stored = StoredSession.numbered(1)
    var pauses: [Int64] = []
    for number in 2...8 {
      let told = Self.answerExpired(&driver, over: stored, number)
      stored = .renewed(number, at: driver.time, lifetime: 0)
      pauses.append(told.compactMap(\.wake).last ?? 0)
      driver.tell(.timePassed, at: driver.time + (pauses.last ?? 0))
      driver.read(stored)
    }
    #expect(pauses == [0, 1, 2, 4, 8, 16, 32])
  }

  @Test func `valid tokens after ones that arrived expired are in use, and end the count`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    _ = Self.answerExpired(&driver, over: .numbered(1), 2)
    let second = StoredSession.renewed(2, at: 1_000, lifetime: 0)
    driver.read(second)
    driver.answer(.tokens(3))
    driver.read(second)
    #expect(driver.saved() == [.stateChanged(.active), .accessRenewed])
    let third = StoredSession.renewed(3, at: 1_000)
    driver.tell(.timePassed, at: 2_000)
    driver.read(third)
    #expect(Self.answerExpired(&driver, over: third, 4) == [.readStore])
  }

  @Test func `tokens of a sign-in that arrive expired are refreshed without a pause`() {
    var driver = RestorationMoment.signedOut.driver()
    driver.signIn(2, lifetime: 0)
    driver.read(.empty)
    #expect(
      driver.saved() == [.sessionInUse(2), .stateChanged(.refreshing), .readStore])
  }

  @Test func `tokens that expired before they were saved count as expired on arrival`() {
    var driver = RestorationMoment.saving.driver()
    #expect(driver.saved(at: 1_900) == [.wake(60), .readStore])
    driver.read(.renewed(2, at: 1_000))
    #expect(
      Self.answerExpired(&driver, over: .renewed(2, at: 1_000), 3)
        == [.suspended(since: 1_900, until: 1_901, .server(nil)), .wake(1)])
  }

  @Test func `without a refresh token, an expired access token leads to sign-in after failures`() {
    var driver = RestorationMoment.suspended.driver()
    driver.signIn(2, lifetime: 0, hasRefreshToken: false)
    driver.read(.empty)
    #expect(driver.saved() == [.signedOut(.noRefreshToken)])
    #expect(driver.access == .signIn(.noRefreshToken))
  }

  @Test func `without a refresh token, a second expired access token leads to sign-in`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    _ = Self.answerExpired(&driver, over: .numbered(1), 2)
    driver.signIn(3, lifetime: 0, hasRefreshToken: false)
    driver.read(.empty)
    #expect(driver.saved() == [.signedOut(.noRefreshToken)])
  }
}
