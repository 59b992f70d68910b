// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 9: a failure that isn't the user's keeps the tokens, and postpones the next attempt.
@Suite struct SuspensionTests {
  @Test(
    arguments: [
      (.unreachable, .unreachable), (.unavailable, .server(nil)),
      (.unavailable(retryAfter: nil, code: .clockSkew), .server(.clockSkew)),
      (.refused(.unknownKey), .server(.unknownKey)),
    ] as [(RefreshAnswer, SessionRestoration.Suspension.Cause)])
  func `an answer without a decision suspends until the next attempt, and has the cause`(
    _ answer: RefreshAnswer, _ cause: SessionRestoration.Suspension.Cause
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(
      driver.answer(answer, at: 1_010)
        == [.suspended(since: 1_010, until: 1_011, cause), .wake(1)])
    #expect(driver.access == .wait)
    #expect(driver.tell(.timePassed, at: 1_010) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_011) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 1_071)])
  }

  @Test func `a session stays suspended since the first failure until a retry succeeds`() {
    var driver = RestorationMoment.suspended.driver()
    driver.tell(.timePassed, at: 1_001)
    driver.read(.numbered(1))
    #expect(driver.state == .suspended(since: 1_000, until: 1_001, .unreachable))
    #expect(
      driver.answer(.unavailable, at: 1_030)
        == [.suspended(since: 1_000, until: 1_032, .server(nil)), .wake(2)])
    driver.tell(.timePassed, at: 1_032)
    driver.read(.numbered(1))
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    #expect(driver.state == .suspended(since: 1_000, until: 1_032, .server(nil)))
    #expect(driver.saved() == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `after a success the next failure counts as the first one`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.read(.numbered(1))
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    driver.saved()
    driver.tell(.timePassed, at: 2_000)
    #expect(driver.state == .refreshing)
    driver.read(.renewed(2, at: 1_001))
    #expect(
      driver.answer(.unreachable)
        == [.suspended(since: 2_000, until: 2_001, .unreachable), .wake(1)])
  }

  @Test func `a failure doesn't show while the access token is valid`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.answer(.unreachable) == [.wake(1)])
    #expect(driver.state == .active)
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `a pause that outlasts the access token shows as a suspension from then on`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.answer(.retryAfter(200))
    #expect(driver.tell(.timePassed, at: 899) == [.wake(151)])
    #expect(
      driver.tell(.timePassed, at: 900)
        == [.suspended(since: 850, until: 1_050, .server(nil)), .wake(150)])
    #expect(driver.tell(.timePassed, at: 1_049) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_050) == [.wake(60), .readStore])
  }

  @Test func `an access token that ends while its renewal is awaited shows as refreshing`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.tell(.timePassed, at: 899) == [.wake(11)])
    #expect(driver.tell(.timePassed, at: 900) == [.stateChanged(.refreshing), .wake(10)])
    #expect(
      driver.tell(.timePassed, at: 910)
        == [.suspended(since: 910, until: 911, .unreachable), .wake(1)])
  }

  /// The server's Retry-After, and the pause that follows where jitter gives 2 s.
  @Test(
    arguments: [
      (.zero, 2), (.seconds(1), 2), (.seconds(2), 2), (.milliseconds(2_001), 3),
      (.milliseconds(2_500), 3), (.milliseconds(2_999), 3), (.seconds(3), 3),
      (.nanoseconds(1), 2), (.seconds(899), 899), (.milliseconds(899_500), 900),
      (.seconds(900), 900), (.seconds(901), 900), (.seconds(86_400), 900),
      (.seconds(Int64.max), 900), (.seconds(-1), 2), (.seconds(Int64.min), 2),
      (.milliseconds(-500), 2),
    ] as [(Duration, Int64)])
  func `Retry-After is rounded up, limited by the maximum, and never shortens the pause`(
    _ asked: Duration, _ pause: Int64
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.source.word = 1
    #expect(
      driver.answer(.unavailable(retryAfter: asked, code: nil))
        == [.suspended(since: 1_000, until: 1_000 + pause, .server(nil)), .wake(pause)])
    #expect(driver.tell(.timePassed, at: 1_000 + pause - 1) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_000 + pause) == [.wake(60), .readStore])
  }

  @Test(arguments: [1, 59, 61, 86_400] as [Int64])
  func `the maximum Retry-After is configurable`(_ maximum: Int64) throws {
    let configuration = try SessionRestoration.Configuration(
      maximumBackoff: .seconds(1), maximumRetryAfter: .seconds(maximum))
    var driver = RestorationMoment.awaitingAnswer.driver(configuration: configuration)
    #expect(driver.answer(.retryAfter(86_400)).last == .wake(maximum))
  }

  // MARK: A clock that is set back

  @Test func `a clock set back restarts a pause`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.retryAfter(300))
    #expect(driver.tell(.timePassed, at: 1_100) == [.wake(200)])
    #expect(
      driver.tell(.timePassed, at: 990)
        == [.suspended(since: 1_000, until: 1_290, .server(nil)), .wake(300)])
    #expect(driver.tell(.timePassed, at: 1_289) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_290) == [.wake(60), .readStore])
  }

  @Test func `a clock set back within a pause doesn't change it`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.retryAfter(300))
    driver.tell(.timePassed, at: 1_200)
    #expect(driver.tell(.timePassed, at: 1_000) == [.wake(300)])
    #expect(driver.state == .suspended(since: 1_000, until: 1_300, .server(nil)))
  }

  @Test func `a clock set back restarts the wait for an answer`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.tell(.timePassed, at: 950) == [.wake(60)])
    #expect(driver.tell(.timePassed, at: 1_009) == [.wake(1)])
    #expect(
      driver.tell(.timePassed, at: 1_010).first?.state
        == .suspended(since: 1_010, until: 1_011, .unreachable))
  }

  @Test func `a clock set back to before receipt makes the access token unusable`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.tell(.timePassed, at: -1) == [.stateChanged(.refreshing), .wake(60)])
    #expect(driver.access == .wait)
  }

  @Test func `a pause survives a clock set back to where nothing is due`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.answer(.retryAfter(200))
    #expect(driver.tell(.timePassed, at: 100) == [.wake(200)])
    #expect(
      driver.tell(.accessRefused(accessToken: "access-1"))
        == [.suspended(since: 850, until: 300, .server(nil))])
    #expect(driver.tell(.timePassed, at: 300) == [.wake(60), .readStore])
  }
}
