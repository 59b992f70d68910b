// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rules 2 and 11: an odd reading, empty or corrupt, counts when a second one after a pause is odd
/// too.
@Suite struct OddReadingTests {
  static let odd: [StoredSession.Reading] = [.empty, .corrupt]

  /// The moments in which the store has held session 1, and is read before an action.
  static let readings: [RestorationMoment] = [
    .readingEarly, .readingBeforeSend, .readingBeforeSave, .readingUnsaved, .readingBeforeRefusal,
  ]

  @Test(arguments: readings, odd)
  func `an odd reading during a session changes nothing for two seconds`(
    _ moment: RestorationMoment, _ reading: StoredSession.Reading
  ) {
    var driver = moment.driver()
    let (state, access, time) = (driver.state, driver.access, driver.time)
    #expect(driver.read(reading) == [.wake(2)])
    #expect(driver.state == state)
    #expect(driver.access == access)
    #expect(driver.tell(.timePassed, at: time + 1) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: time + 2) == [.wake(60), .readStore])
  }

  @Test(arguments: readings, odd)
  func `the previous state continues if the second reading finds the session`(
    _ moment: RestorationMoment, _ reading: StoredSession.Reading
  ) {
    var (driver, other) = (moment.driver(), moment.driver())
    driver.read(reading)
    driver.tell(.timePassed, at: driver.time + 2)
    other.tell(.timePassed, at: other.time + 2)
    let told = driver.read(.numbered(1)).filter { $0.wake == nil }
    #expect(told == other.read(.numbered(1)).filter { $0.wake == nil })
  }

  @Test(arguments: readings, odd)
  func `an empty store after an odd reading means a sign-out in another process`(
    _ moment: RestorationMoment, _ reading: StoredSession.Reading
  ) {
    var driver = moment.driver()
    driver.read(reading)
    driver.tell(.timePassed, at: driver.time + 2)
    #expect(driver.read(.empty) == [.signedOut(.signedOutByUser)])
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test(arguments: [RestorationMoment.readingBeforeSave, .readingUnsaved], odd)
  func `a store that stays corrupt is overwritten from memory`(
    _ moment: RestorationMoment, _ reading: StoredSession.Reading
  ) {
    var driver = moment.driver()
    driver.read(reading)
    driver.tell(.timePassed, at: driver.time + 2)
    #expect(driver.read(.corrupt) == [.save(.renewed(2, at: 1_000))])
    driver.saved()
    #expect(driver.state == .active)
  }

  @Test func `a store that stays corrupt before a request is saved over first`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.read(.corrupt)
    driver.tell(.timePassed, at: 1_003)
    #expect(driver.read(.corrupt) == [.save(.numbered(1))])
    #expect(driver.saved() == [.readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 1_063)])
  }

  @Test func `two odd readings with the session between them each count as a first one`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    for _ in 1...3 {
      driver.read(.empty)
      driver.tell(.timePassed, at: driver.time + 2)
      driver.read(.numbered(1))
      driver.answer(.unreachable)
      driver.tell(.timePassed, at: driver.time + 300)
    }
    #expect(driver.read(.corrupt) == [.wake(2)])
    guard case .suspended(let suspension) = driver.state else {
      Issue.record("\(driver.state)")
      return
    }
    #expect(suspension.since == .receipt(1_000))
    #expect(suspension.cause == .unreachable)
  }

  @Test func `two odd readings with a save between them each count as a first one`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    driver.saveFailed()
    driver.tell(.timePassed, at: driver.time + 60)
    driver.read(.corrupt)
    driver.tell(.timePassed, at: driver.time + 2)
    driver.read(.corrupt)
    driver.saveFailed()
    driver.tell(.timePassed, at: driver.time + 60)
    #expect(driver.read(.empty) == [.wake(2)])
    driver.tell(.timePassed, at: driver.time + 2)
    // As it was left: saved over at once.
    #expect(driver.read(.corrupt) == [.save(.renewed(2, at: 1_000))])
    driver.saved()
    driver.tell(.timePassed, at: 1_850)
    #expect(driver.read(.empty) == [.wake(2)])
    #expect(driver.state == .active)
  }

  @Test func `a locked store between two odd readings doesn't count as a reading`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_003)
    driver.read(.locked)
    driver.tell(.timePassed, at: 1_010)
    #expect(driver.read(.empty) == [.signedOut(.signedOutByUser)])
  }

  @Test(arguments: odd)
  func `a sign-out forgets a previous odd reading`(
    _ reading: StoredSession.Reading
  ) {
    var driver = RestorationMoment.doubting.driver()
    driver.tell(.signedOutByUser, at: 852)
    driver.read(.numbered(1))
    driver.erased()
    driver.signIn(2, at: 900)
    driver.read(.empty)
    driver.saved()
    driver.tell(.timePassed, at: 1_750)
    #expect(driver.read(reading) == [.wake(2)])
  }

  @Test func `at launch an empty store counts at once, and a corrupt one at the second reading`() {
    var driver = RestorationMoment.opening.driver()
    #expect(driver.read(.corrupt) == [.wake(2)])
    #expect(driver.state == .starting)
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_002) == [.wake(60), .readStore])
    #expect(
      driver.read(.numbered(1)) == [
        .sessionInUse(1), .stateChanged(.refreshing), .refresh(.numbered(1), before: 1_062),
      ])
  }

  @Test func `a store that is corrupt once unlocked shows as starting until the second reading`() {
    var driver = RestorationMoment.reopening.driver()
    #expect(driver.read(.corrupt) == [.stateChanged(.starting), .wake(2)])
    driver.tell(.timePassed, at: 1_002)
    #expect(driver.read(.corrupt) == [.signedOut(.storeCorrupt)])
  }

  @Test func `retryRequested brings the second reading forward by at most a second`() {
    var driver = RestorationMoment.doubting.driver()
    #expect(driver.tell(.retryRequested, at: 850) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 851) == [.wake(60), .readStore])
  }
}
