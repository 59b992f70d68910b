import Testing

@testable import SessionTokens

@Suite struct LockedStoreTests {
  @Test func `a locked store is looked at again, at any time`() {
    var driver = RestorationMoment.locked.driver()
    #expect(driver.state == .storeLocked)
    #expect(driver.tell(.timePassed, at: 1_000) == [.readStore])
    #expect(driver.state == .storeLocked)
    #expect(
      driver.tell(.storeRead(.found(.numbered(1))))
        == [.stateChanged(.refreshing)] + .sending(.numbered(1), 1))
  }

  @Test func `a store that stays locked is told once, and looked at less often`() {
    var driver = RestorationMoment.locked.driver()
    driver.source.word = .max  // The longest pause of each.
    for pause in [4, 8, 16, 32, 64, 128, 256] as [Int64] {
      #expect(driver.tell(.timePassed, at: driver.time + 300) == [.readStore])
      let effects = driver.tell(.storeRead(.locked))
      #expect(effects == [.wake(after: .seconds(pause))])
    }
    driver.tell(.timePassed, at: driver.time + 300)
    let ceiling = Int64(1 + UInt64.max % 300)
    #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(ceiling))])
  }

  @Test func `a look before the pause is over asks for the rest of it and counts for nothing`() {
    var driver = RestorationMoment.locked.driver()
    driver.source.word = .max
    driver.tell(.timePassed, at: driver.time + 300)
    #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(4))])
    for left in [3, 2, 1] as [Int64] {
      driver.tell(.timePassed, at: driver.time + 1)
      #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(left))])
    }
    driver.tell(.timePassed, at: driver.time + 1)
    #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(8))])
  }

  @Test(
    arguments: [
      (.empty, .neverSignedIn), (.corrupt, .storeCorrupt),
    ] as [(StoredSession.Reading, SessionRestoration.SignInReason)])
  func `what is found once it is unlocked follows the launch order`(
    _ reading: StoredSession.Reading, _ reason: SessionRestoration.SignInReason
  ) {
    var driver = RestorationMoment.reopening.driver()
    #expect(driver.tell(.storeRead(reading)) == [.stateChanged(.signedOut(reason))])
  }

  @Test func `a store that opens forgives the failures before`() {
    var driver = RestorationMoment.locked.driver()
    for _ in 1...6 {
      driver.tell(.timePassed)
      driver.tell(.storeRead(.locked))
    }
    driver.tell(.timePassed)
    driver.tell(.storeRead(.found(.numbered(1))))
    driver.source.word = 7  // 1 + 7 % 2 after one failure, 8 after three or more.
    #expect(
      driver.tell(.answered(.numbered(1), .unavailable(retryAfter: nil, code: nil)))
        == .suspending(at: 1_000, for: 2))
  }

  @Test(arguments: [RestorationMoment.opening, .reopening])
  func `time that passes while the store is read is no second look`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let before = driver.machine
    #expect(driver.tell(.timePassed, at: 2_000) == [])
    #expect(driver.machine == before)
  }

  @Test func `a reading that nobody asked for opens nothing`() {
    var driver = RestorationMoment.locked.driver()
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [])
    #expect(driver.state == .storeLocked)
  }

  /// A store that locks while the app runs: the pause is 4 s, and the access token has ended.
  private func lockedLater() -> RestorationDriver {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.source.word = .max
    driver.tell(.storeRead(.locked))
    return driver
  }

  @Test func `one that locks later is looked at again at any time, which counts for nothing`() {
    var driver = lockedLater()
    let suspended = driver.state
    for left in [3, 2, 1] as [Int64] {
      driver.tell(.timePassed, at: driver.time + 1)
      #expect(driver.machine.unansweredReads == 1)
      #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(left))])
      #expect(driver.state == suspended)
    }
    #expect(
      driver.tell(.timePassed, at: driver.time + 1) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.tell(.storeRead(.locked)).last == .wake(after: .seconds(8)))
  }

  @Test func `one that locks later is used at once when it is unlocked`() {
    var driver = lockedLater()
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1))))
        == [.stateChanged(.refreshing)] + .sending(.numbered(1), 2))
  }

  @Test func `a server that fails after that is paused for`() {
    var driver = lockedLater()
    driver.tell(.timePassed, at: driver.time + 1)
    driver.tell(.storeRead(.found(.numbered(1))))
    driver.tell(.answered(.numbered(2), .unavailable(retryAfter: nil, code: nil)))
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.wake(after: .seconds(7))])
  }

  @Test func `a save over one that is locked is tried again at any time`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    driver.source.word = .max
    driver.tell(.storeRead(.locked))
    for left in [1, 4, 3, 2, 1] as [Int64] {
      #expect(driver.tell(.timePassed, at: driver.time + 1) == [.readStore])
      #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(left))])
    }
    #expect(driver.tell(.timePassed, at: driver.time) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .save(.renewed(2, at: 1_000), .numbered(2))
      ])
  }
}
