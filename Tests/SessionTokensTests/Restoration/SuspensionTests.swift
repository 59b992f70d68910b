import Testing

@testable import SessionTokens

/// Trouble that is not the user's: the tokens are kept and the next attempt comes later.
@Suite struct SuspensionTests {
  @Test func `an answer that says nothing suspends until the next attempt`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(
      driver.tell(.answered(.numbered(1), .unavailable(retryAfter: nil, code: nil)), at: 1_010)
        == .suspending(at: 1_010))
    #expect(driver.access == .wait)
    #expect(driver.tell(.timePassed, at: 1_010) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_011) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 2))
  }

  @Test func `while the access token lives trouble changes nothing that shows`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(
      driver.tell(.answered(.numbered(1), .unavailable(retryAfter: nil, code: nil)))
        == [.wake(after: .seconds(1))])
    #expect(driver.state == .active)
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `a pause outlasts the access token and is then told as a suspension`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.tell(.answered(.numbered(1), .unavailable(retryAfter: .seconds(200), code: nil)))
    #expect(driver.tell(.timePassed, at: 899) == [.wake(after: .seconds(151))])
    #expect(driver.tell(.timePassed, at: 900) == .suspending(at: 900, for: 150))
    #expect(driver.tell(.timePassed, at: 1_049) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_050) == [.stateChanged(.refreshing), .readStore])
  }

  /// What the server asks for, the jitter drawn, and the pause that follows.
  @Test(
    arguments: [
      (0, 1, 1), (1, 1, 1), (2, 1, 2), (1, 2, 2), (300, 2, 300), (86_399, 1, 86_399),
      (86_400, 1, 86_400), (86_401, 1, 86_400), (Int64.max, 1, 86_400), (-1, 2, 2), (.min, 1, 1),
    ] as [(Int64, Int64, Int64)])
  func `the server's wish is honoured up to a day, and never shortens the pause`(
    _ asked: Int64, _ jitter: Int64, _ pause: Int64
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.source.word = UInt64(jitter - 1)
    let answer = RefreshAnswer.unavailable(retryAfter: .seconds(asked), code: nil)
    #expect(
      driver.tell(.answered(.numbered(1), answer)) == .suspending(at: 1_000, for: pause))
    #expect(driver.tell(.timePassed, at: 1_000 + pause - 1) == [.wake(after: .seconds(1))])
    #expect(
      driver.tell(.timePassed, at: 1_000 + pause) == [.stateChanged(.refreshing), .readStore])
  }

  @Test func `a clock set back does not prolong a pause`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.answered(.numbered(1), .unavailable(retryAfter: .seconds(300), code: nil)))
    #expect(driver.tell(.timePassed, at: 1_000) == [.wake(after: .seconds(300))])
    #expect(driver.tell(.timePassed, at: 999) == [.stateChanged(.refreshing), .readStore])
  }

  @Test func `a request that gets no answer in time is given up`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.tell(.timePassed, at: 1_059) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_060) == .suspending(at: 1_060))
    #expect(driver.tell(.answered(.numbered(1), .tokens(.numbered(2)))) == [])
  }

  @Test(arguments: [1, 5, 600] as [Int64])
  func `how long an answer is waited for is configured`(_ timeout: Int64) throws {
    let configuration = try SessionRestoration.Configuration(requestTimeout: .seconds(timeout))
    var driver = RestorationDriver(configuration: configuration)
    let effects = driver.launch(.found(.numbered(1)), at: 1_000)
    #expect(effects.compactMap(\.pause) == [.seconds(timeout)])
    #expect(driver.tell(.timePassed, at: 1_000 + timeout - 1) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_000 + timeout) == .suspending(at: 1_000 + timeout))
  }

  @Test func `a clock set back while an answer is awaited starts the wait anew`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.tell(.timePassed, at: 950) == [.wake(after: .seconds(60))])
    #expect(driver.tell(.timePassed, at: 1_009) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_010) == .suspending(at: 1_010))
  }

  @Test func `a clock set back to before receipt makes the access token unusable`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(
      driver.tell(.timePassed, at: -1) == [
        .stateChanged(.refreshing), .wake(after: .seconds(60)),
      ])
    #expect(driver.access == .wait)
  }

  @Test func `a pause that a clock set back has ended is forgotten`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.tell(.answered(.numbered(1), .unavailable(retryAfter: .seconds(200), code: nil)))
    #expect(driver.tell(.timePassed, at: 100) == [])
    #expect(
      driver.tell(.accessRefused(accessToken: "access-1")) == [
        .stateChanged(.refreshing), .readStore,
      ])
  }

  @Test func `a request at the very moment of sending has all its time`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let before = driver.machine
    #expect(driver.tell(.timePassed, at: 1_000) == [.wake(after: .seconds(60))])
    #expect(driver.machine == before)
  }

  @Test func `an access token that ends while its renewal is awaited shows as refreshing`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.tell(.timePassed, at: 899) == [.wake(after: .seconds(11))])
    #expect(
      driver.tell(.timePassed, at: 900) == [
        .stateChanged(.refreshing), .wake(after: .seconds(10)),
      ])
    #expect(driver.tell(.timePassed, at: 910) == .suspending(at: 910))
  }

  @Test func `the retry after the shared trouble brings the session back`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.tell(.storeRead(.found(.numbered(1))))
    driver.tell(.answered(.numbered(2), .tokens(.numbered(2))))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.tell(.saved(.numbered(3))) == [.stateChanged(.active), .accessRenewed])
  }
}
