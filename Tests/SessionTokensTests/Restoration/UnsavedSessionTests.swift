// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 3: a session whose save failed is published, and the save is tried again.
///
/// Until it is done, no request is sent while the access token is valid. After that the session
/// continues in memory, if that can do no harm.
@Suite struct UnsavedSessionTests {
  private static let unsaved = StoredSession.renewed(2, at: 1_000)

  @Test func `a failed save still publishes, and is tried again`() {
    var driver = RestorationMoment.saving.driver()
    #expect(driver.saveFailed() == [.stateChanged(.active), .accessRenewed, .wake(1)])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.save(Self.unsaved)])
    #expect(driver.saved() == [])
    #expect(driver.tell(.timePassed, at: 1_800) == [])
  }

  @Test func `a save that fails again waits longer and reports nothing twice`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    #expect(driver.saveFailed() == [.wake(2)])
    #expect(driver.tell(.timePassed, at: 1_002) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_003) == [.wake(60), .readStore])
  }

  @Test(arguments: RestorationMoment.unsaved)
  func `no request is sent while the access token is valid and the store is behind`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    var told: [Told] = []
    let isSignIn = driver.machine.memory.announcedName == SessionName(bits: 2)
    let stored: StoredSession.Reading = isSignIn ? .empty : .found(.numbered(1))
    for time in 1_002..<1_900 as Range<Int64> {
      told += driver.tell(.timePassed, at: time)
      told += driver.read(stored)
      told += driver.saveFailed()
      #expect(driver.state == .active)
    }
    #expect(told.contains { $0.isSave })
    #expect(!told.contains { $0.isRefresh })
  }

  @Test func `a session near its end is refreshed once the retried save is done`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    #expect(driver.saved(at: 1_899) == [.wake(60), .readStore])
    #expect(driver.read(Self.unsaved) == [.refresh(Self.unsaved, before: 1_959)])
  }

  /// Otherwise a later suspension would report a failure that is over.
  @Test func `a retried save that succeeds ends the failure, and resets the backoff`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    driver.saveFailed()
    driver.tell(.timePassed, at: 1_003)
    driver.read(.numbered(1))
    driver.saved()
    #expect(driver.machine.memory.suspension == nil)
    #expect(
      driver.tell(.timePassed, at: 1_900) == [
        .stateChanged(.refreshing), .wake(60), .readStore,
      ])
    driver.read(Self.unsaved)
    #expect(
      driver.answer(.unreachable) == [
        .suspended(since: 1_900, until: 1_901, .unreachable), .wake(1),
      ])
  }

  @Test func `newer tokens of a server are saved over a spent blob`() {
    for moment in [RestorationMoment.readingBeforeSave, .readingUnsaved, .readingUnsavedSignIn] {
      var driver = moment.driver()
      #expect(driver.read(.numbered(1, spentBy: .superseded)).last?.isSave == true)
    }
  }

  @Test func `a blob that another process stored meanwhile is adopted`() {
    var driver = RestorationMoment.readingUnsaved.driver()
    #expect(driver.read(.numbered(3, receivedAt: 995)) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-3"))
    #expect(driver.tell(.timePassed, at: 1_200) == [])
  }

  @Test func `a save that was done but reported as failed is found to be done`() {
    var driver = RestorationMoment.readingUnsaved.driver()
    #expect(driver.read(Self.unsaved) == [])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.machine.memory.suspension == nil)
    #expect(driver.tell(.timePassed, at: 1_840) == [.wake(60), .readStore])
    #expect(driver.read(Self.unsaved) == [.refresh(Self.unsaved, before: 1_900)])
  }

  @Test func `newer tokens save over a blob whose save was done but reported as failed`() {
    var driver = RestorationMoment.awaitingInMemory.driver()
    driver.answer(.tokens(3))
    #expect(driver.read(Self.unsaved) == [.save(.renewed(3, at: 1_900))])
  }

  @Test func `a failed save is tried again even if the refresh token didn't change`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.tokens(2, hasRefreshToken: false))
    driver.read(.numbered(1))
    driver.saveFailed()
    driver.tell(.timePassed, at: 1_001)
    let kept = Self.unsaved.withRefreshToken("refresh-1", expiresIn: nil)
    #expect(driver.read(.numbered(1)) == [.save(kept)])
  }

  @Test func `the last try to save is due when the access token ends`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    var wakes: [Int64] = []
    while driver.time < 1_900 {
      wakes += driver.saveFailed().compactMap(\.wake)
      driver.tell(.timePassed, at: driver.time + (wakes.last ?? 0))
      if driver.time < 1_900 { driver.read(.numbered(1)) }
    }
    #expect(wakes == [2, 4, 8, 16, 32, 64, 128, 150, 150, 150, 150, 45])
    #expect(driver.state == .suspended(since: 1_000, until: 1_900, .store))
    #expect(driver.read(.numbered(1)) == [.save(Self.unsaved)])
    #expect(driver.saveFailed() == [.readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(Self.unsaved, before: 1_960)])
  }

  @Test func `a session in memory is refreshed, published, and its save is tried again`() {
    var driver = RestorationMoment.awaitingInMemory.driver()
    #expect(driver.answer(.tokens(3), at: 1_905) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.save(.renewed(3, at: 1_905))])
    #expect(driver.saveFailed() == [.stateChanged(.active), .accessRenewed, .wake(1)])
    #expect(driver.access == .attach(accessToken: "access-3"))
  }

  @Test func `a request of a session in memory that fails is tried again after one more save`() {
    var driver = RestorationMoment.awaitingInMemory.driver()
    driver.answer(.unreachable)
    #expect(driver.tell(.timePassed, at: 1_910).last == .readStore)
    #expect(driver.read(.numbered(1)) == [.save(Self.unsaved)])
    #expect(driver.saveFailed() == [.readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(Self.unsaved, before: 1_970)])
  }

  @Test func `a save that finally succeeds lets the request be sent from the store`() {
    var driver = RestorationMoment.awaitingInMemory.driver()
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: 1_910)
    driver.read(.numbered(1))
    #expect(driver.saved() == [.readStore])
    #expect(driver.read(Self.unsaved) == [.refresh(Self.unsaved, before: 1_970)])
  }

  /// A second process would get the same tokens again and create another key for them.
  @Test func `an unsaved session waits if another process shares the store, and has the cause`()
    throws
  {
    var driver = RestorationMoment.pausingUnsaved.driver(configuration: try .sharingStore())
    for _ in 1...50 {
      driver.tell(.timePassed, at: driver.time + 300)
      #expect(driver.read(.numbered(1)) == [.save(Self.unsaved)])
      #expect(!driver.saveFailed().contains { $0.isAwaited })
    }
    guard case .suspended(let suspension) = driver.state else {
      Issue.record("\(driver.state)")
      return
    }
    #expect(suspension.cause == .store)
    driver.tell(.timePassed, at: driver.time + 300)
    driver.read(.numbered(1))
    #expect(driver.saved() == [.readStore])
  }

  /// A reading without a blob of this session, in a store that others use too.
  @Test(arguments: [
    (StoredSession.Reading.empty, true), (.corrupt, true), (.found(.numbered(7, session: 7)), true),
    (.found(.numbered(7, session: 2, receivedAt: -900)), false), (.locked, false),
  ])
  func `a session continues beside a shared store if a reading shows no blob of it`(
    _ reading: StoredSession.Reading, _ continues: Bool
  ) throws {
    var driver = RestorationDriver(configuration: try .sharingStore())
    driver.launch(.empty, at: 0)
    driver.signIn(2)
    driver.read(reading)
    driver.saveFailed()
    var requests = 0
    for time in 1...1_100 as ClosedRange<Int64> {
      driver.tell(.timePassed, at: time)
      driver.read(reading)
      driver.saveFailed()
      if case .refresh? = driver.awaited { requests += 1 }
    }
    #expect((requests > 0) == continues)
    if !continues {
      guard case .suspended(let suspension) = driver.state else {
        Issue.record("\(driver.state)")
        return
      }
      #expect(suspension.cause == .store)
    }
  }

  /// Another process may have the same tokens in memory.
  @Test(arguments: [(true, false), (false, true)])
  func `a session that was saved continues without its store only if that isn't shared`(
    _ sharesStore: Bool, _ continues: Bool
  ) throws {
    var driver = RestorationDriver.launched(
      .numbered(1), at: 0,
      configuration: try SessionRestoration.Configuration(sharesStore: sharesStore))
    var requests = 0
    for time in 900...1_500 as ClosedRange<Int64> {
      driver.tell(.timePassed, at: time)
      driver.read(.corrupt)
      driver.saveFailed()
      driver.read(.corrupt)
      if case .refresh? = driver.awaited { requests += 1 }
    }
    #expect((requests > 0) == continues)
    driver.tell(.timePassed, at: 1_900)
    driver.read(.corrupt)
    driver.saved()
    #expect(continues || driver.read(.numbered(1)).last?.isRefresh == true)
  }

  /// A newer one was refused after another process had refreshed the session.
  @Test(
    arguments: [(1_000, true), (1_001, false), (1_500, false), (1_501, true)] as [(Int64, Bool)])
  func `unsaved tokens are saved over a spent blob of their session that isn't newer`(
    _ receivedAt: Int64, _ saves: Bool
  ) throws {
    var driver = RestorationMoment.pausingUnsaved.driver(configuration: try .sharingStore())
    driver.tell(.timePassed, at: 1_500)
    let spent = StoredSession.numbered(3, receivedAt: receivedAt, spentBy: .superseded)
    let told = driver.read(.found(spent))
    if saves {
      #expect(told == [.save(Self.unsaved)])
    } else {
      #expect(told.first == .signedOut(.refused(.superseded)))
      #expect(!told.contains { $0.isAwaited })
    }
  }

  @Test func `a locked store that isn't shared doesn't stop an unsaved session`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    driver.tell(.timePassed, at: 1_900)
    #expect(driver.read(.locked) == [.refresh(Self.unsaved, before: 1_960)])
  }

  @Test func `a locked store stops a session that was saved`() {
    var driver = RestorationMoment.readingBeforeSend.driver()
    #expect(!driver.read(.locked).contains { $0.isAwaited })
  }

  @Test func `an unsaved session that was refused with 401 is saved before it is refreshed`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    #expect(
      driver.tell(.accessRefused(accessToken: "access-2"), at: 1_060) == [
        .suspended(since: 1_000, until: 1_001, .store), .wake(60), .readStore,
      ])
    #expect(driver.read(.numbered(1)) == [.save(Self.unsaved)])
  }

  @Test func `an unsaved session without a refresh token ends when its access token does`() {
    var driver = RestorationDriver()
    driver.launch(.empty, at: 0)
    driver.signIn(2, hasRefreshToken: false)
    driver.read(.empty)
    driver.saveFailed()
    #expect(driver.tell(.timePassed, at: 899) == [.wake(60), .readStore])
    #expect(driver.read(.empty) == [.save(.signedIn(2, at: 0, hasRefreshToken: false))])
    #expect(driver.saveFailed() == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 900) == [.signedOut(.noRefreshToken)])
  }

  @Test func `tokens that arrive expired and can't be saved are refreshed in memory, once`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.tokens(2, lifetime: 0))
    driver.read(.numbered(1))
    #expect(driver.saveFailed() == [.readStore])
    let second = StoredSession.renewed(2, at: 1_000, lifetime: 0)
    #expect(driver.read(.numbered(1)) == [.refresh(second, before: 1_060)])
    driver.answer(.tokens(3, lifetime: 0))
    driver.read(.numbered(1))
    #expect(
      driver.saveFailed() == [.suspended(since: 1_000, until: 1_001, .server(nil)), .wake(1)])
  }

  @Test func `a clock set back after the last try to save makes it try again`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    driver.tell(.timePassed, at: 1_900)
    driver.read(.numbered(1))
    driver.saveFailed()
    #expect(driver.read(.numbered(1), at: 1_500).last == .save(.renewed(2, at: 1_000)))
  }
}
