// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A store that cannot be read now, as before the first unlock of a device.
@Suite struct LockedStoreTests {
  private static let locked = SessionRestoration.State.storeLocked(since: .receipt(1_000))

  @Test func `a locked store is read again at any time`() {
    var driver = RestorationMoment.locked.driver()
    #expect(driver.state == Self.locked)
    #expect(driver.tell(.timePassed, at: 1_000) == [.wake(1), .readStore])
    #expect(driver.state == Self.locked)
    #expect(
      driver.read(.numbered(1)) == [
        .sessionInUse(1), .stateChanged(.refreshing), .wake(60),
        .refresh(.numbered(1), before: 1_060),
      ])
  }

  @Test func `a store that stays locked is reported once, and read less and less often`() {
    var driver = RestorationMoment.locked.driver()
    driver.source.word = .max  // The upper half starts over: word % its size.
    for ceiling in [4, 8, 16, 32, 64, 128, 256] as [Int64] {
      #expect(driver.tell(.timePassed, at: driver.time + 300) == [.wake(60), .readStore])
      let pause = ceiling / 2 + Int64(UInt64.max % UInt64(ceiling / 2 + 1))
      #expect(driver.read(.locked) == [.wake(pause)])
      #expect(driver.state == Self.locked)
    }
  }

  @Test func `a reading during the pause requests a wake for its rest and isn't a failure`() {
    var driver = RestorationMoment.locked.driver()
    driver.tell(.timePassed, at: driver.time + 300)
    #expect(driver.read(.locked) == [.wake(2)])
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.wake(1), .readStore])
    #expect(driver.read(.locked) == [])
    #expect(driver.machine.memory.failureCount == 2)
    driver.tell(.timePassed, at: driver.time + 1)
    #expect(driver.read(.locked) == [.wake(4)])
    #expect(driver.machine.memory.failureCount == 3)
  }

  @Test(
    arguments: [
      (.empty, .neverSignedIn), (.found(.numbered(1, spentBy: .expired)), .refused(.expired)),
    ]
      as [(StoredSession.Reading, SessionRestoration.SignInReason)])
  func `the content of an unlocked store follows the launch order`(
    _ reading: StoredSession.Reading, _ reason: SessionRestoration.SignInReason
  ) {
    var driver = RestorationMoment.reopening.driver()
    #expect(driver.read(reading) == [.signedOut(reason)])
  }

  @Test func `a store that is unlocked resets the backoff`() {
    var driver = RestorationMoment.locked.driver()
    for _ in 1...6 {
      driver.tell(.timePassed, at: driver.time + 300)
      driver.read(.locked)
    }
    driver.tell(.timePassed)
    driver.read(.numbered(1))
    let now = driver.time
    #expect(
      driver.answer(.unreachable)
        == [.suspended(since: now, until: now + 1, .unreachable), .wake(1)])
  }

  @Test func `a second reading that wasn't requested changes nothing`() {
    var driver = RestorationMoment.locked.driver()
    let before = driver.machine
    #expect(driver.read(.numbered(1)) == [])
    #expect(driver.machine == before)
  }

  @Test
  func `a store that locks during a session is read again at any time, without a further failure`()
  {
    var driver = RestorationMoment.lockedLater.driver()
    let suspended = driver.state
    #expect(suspended == .suspended(since: 1_000, until: 1_003, .store))
    #expect(driver.tell(.timePassed, at: 1_002) == [.wake(1), .readStore])
    #expect(driver.read(.locked) == [])
    #expect(driver.state == suspended)
    #expect(driver.tell(.timePassed, at: 1_003) == [.wake(60), .readStore])
    #expect(
      driver.read(.locked) == [.suspended(since: 1_000, until: 1_007, .store), .wake(4)])
  }

  @Test func `a store that locks during a session is used as soon as it is unlocked`() {
    var driver = RestorationMoment.lockedLater.driver()
    #expect(driver.tell(.timePassed, at: 1_002) == [.wake(1), .readStore])
    #expect(
      driver.read(.numbered(1)) == [.wake(60), .refresh(.numbered(1), before: 1_062)])
  }

  @Test func `a failure of the server after an unlock has the pause of a further failure`() {
    var driver = RestorationMoment.lockedLater.driver()
    driver.tell(.timePassed, at: 1_002)
    driver.read(.numbered(1))
    driver.answer(.unreachable)
    #expect(driver.tell(.timePassed, at: 1_003) == [.wake(3)])
  }

  @Test func `a save into a locked store is tried again at any time`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    driver.read(.locked)
    for pause in [1, 2, 4] as [Int64] {
      #expect(driver.tell(.timePassed).last == .readStore)
      #expect(driver.read(.locked) == [])
      #expect(driver.tell(.timePassed, at: driver.time + pause).last == .readStore)
      #expect(driver.read(.locked) == [.wake(pause * 2)])
    }
    #expect(driver.tell(.timePassed).last == .readStore)
    #expect(driver.read(.numbered(1)) == [.wake(60), .save(.renewed(2, at: 1_000))])
  }

  @Test func `a refusal is kept while the store is locked, and nothing is sent`() {
    var driver = RestorationMoment.readingBeforeRefusal.driver()
    #expect(driver.read(.locked) == [.suspended(since: 1_000, until: 1_001, .store), .wake(1)])
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(.revoked)), .erase])
  }
}
