import Testing

@testable import SessionTokens

/// A replayed access token may come with no life left.
@Suite struct DeadTokensTests {
  /// Answers the request of a ticket with tokens that are dead, and saves them.
  private static func answerDead(
    _ driver: inout RestorationDriver, _ ticket: UInt64, stored: StoredSession, number: Int
  ) -> [SessionRestoration.Effect] {
    driver.tell(.answered(.numbered(ticket), .tokens(.numbered(number, lifetime: 0))))
    driver.tell(.storeRead(.found(stored)))
    return driver.tell(.saved(.numbered(ticket + 1)))
  }

  @Test func `dead tokens are saved and refreshed at once, once`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(Self.answerDead(&driver, 1, stored: .numbered(1), number: 2) == [.readStore])
    #expect(driver.access == .wait)
    let second = StoredSession.renewed(2, at: 1_000, lifetime: 0)
    #expect(driver.tell(.storeRead(.found(second))) == .sending(second, 3))
    #expect(
      Self.answerDead(&driver, 3, stored: second, number: 3)
        == [.stateChanged(.suspended(retryAt: .receipt(1_001))), .wake(after: .seconds(1))])
    let third = StoredSession.renewed(3, at: 1_000, lifetime: 0)
    #expect(driver.tell(.timePassed, at: 1_001) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.tell(.storeRead(.found(third))) == .sending(third, 5))
  }

  @Test func `after failures of the network a dead replay is followed by one more at once`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.machine.failureCount = 9
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2, lifetime: 0))))
    let effects = driver.tell(.storeRead(.found(.numbered(1))))
    #expect(effects.last.map { if case .save = $0 { true } else { false } } == true)
    #expect(driver.tell(.saved(.numbered(2))).last == .readStore)
  }

  @Test func `a server that only gives dead tokens is asked less and less often`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.source.word = .max  // The longest pause of each.
    var stored = StoredSession.numbered(1)
    var pauses: [Int64] = []
    for number in 0..<7 as Range<UInt64> {
      let response = TokenResponse.numbered(Int(number) + 2, lifetime: 0)
      let ticket = 2 * number + 1
      driver.tell(.answered(.numbered(ticket), .tokens(response)))
      let effects = driver.tell(.storeRead(.found(stored)))
      if case .save(let session, _)? = effects.last { stored = session }
      let pause = driver.tell(.saved(.numbered(ticket + 1))).last?.pause
      pauses.append(pause?.components.seconds ?? 0)
      driver.tell(.timePassed, at: driver.time + 300)
      driver.tell(.storeRead(.found(stored)))
    }
    #expect(pauses == [0, 2, 4, 8, 16, 32, 64])
  }

  @Test func `live tokens after dead ones are in use, and forgive`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    _ = Self.answerDead(&driver, 1, stored: .numbered(1), number: 2)
    let second = StoredSession.renewed(2, at: 1_000, lifetime: 0)
    driver.tell(.storeRead(.found(second)))
    driver.tell(.answered(.numbered(3), .tokens(.numbered(3))))
    driver.tell(.storeRead(.found(second)))
    #expect(driver.tell(.saved(.numbered(4))) == [.stateChanged(.active), .accessRenewed])
    let third = StoredSession.renewed(3, at: 1_000)
    driver.tell(.timePassed, at: 2_000)
    driver.tell(.storeRead(.found(third)))
    #expect(Self.answerDead(&driver, 5, stored: third, number: 4) == [.readStore])
  }

  @Test func `dead tokens of a sign-in are refreshed at once`() {
    var driver = RestorationDriver()
    driver.launch(.empty, at: 0)
    driver.tell(.signedIn(.numbered(2, lifetime: 0)))
    #expect(
      driver.tell(.saved(.numbered(1))) == [.stateChanged(.refreshing), .readStore])
  }

  @Test func `dead tokens whose save failed are one change, and none where it changes nothing`() {
    var driver = RestorationMoment.suspended.driver()
    driver.tell(.signedIn(.numbered(2, lifetime: 0)))
    #expect(
      driver.tell(.saveFailed(.numbered(2)), at: 2_000) == [
        .stateChanged(.suspended(retryAt: .receipt(2_001))), .wake(after: .seconds(1)),
      ])
    driver.tell(.signedIn(.numbered(3, lifetime: 0)), at: 2_000)
    #expect(driver.tell(.saveFailed(.numbered(3)), at: 2_000) == [.wake(after: .seconds(1))])
  }

  @Test func `dead tokens without a refresh token end in sign-in, also after failures`() {
    var driver = RestorationMoment.suspended.driver()
    driver.tell(.signedIn(.numbered(2, lifetime: 0, hasRefreshToken: false)))
    #expect(
      driver.tell(.saved(.numbered(2))).last == .stateChanged(.signedOut(.noRefreshToken)))
    #expect(driver.access == .signIn(.noRefreshToken))
  }

  @Test func `dead tokens without a refresh token end in sign-in, also after dead answers`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    _ = Self.answerDead(&driver, 1, stored: .numbered(1), number: 2)
    driver.tell(.signedIn(.numbered(3, lifetime: 0, hasRefreshToken: false)))
    #expect(driver.tell(.saved(.numbered(3))) == [.stateChanged(.signedOut(.noRefreshToken))])
  }
}
