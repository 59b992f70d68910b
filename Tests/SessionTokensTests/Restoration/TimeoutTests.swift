// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Each awaited effect has a timeout: an answer that hasn't come by then counts as a failure.
@Suite struct TimeoutTests {
  @Test(arguments: RestorationMoment.allCases)
  func `every awaited effect but a look has a wake`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let time = driver.time
    let isWaiting =
      (RestorationMoment.reading + RestorationMoment.savingAny
      + RestorationMoment.awaiting + [.erasing]).contains(moment) && moment != .looking
    #expect((driver.machine.memory.awaited != nil) == (isWaiting || moment == .looking))
    if isWaiting { #expect(driver.tell(.timePassed, at: time).contains { $0.wake != nil }) }
  }

  @Test(arguments: [RestorationMoment.opening, .reopening])
  func `a read at launch without an answer is repeated`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let (state, first) = (driver.state, driver.ticket)
    #expect(driver.tell(.timePassed, at: 1_060) == [.wake(60), .readStore])
    #expect(driver.state == state)
    #expect(driver.tell(.storeRead(first, .found(.numbered(1)))) == [])
    #expect(driver.read(.numbered(1)).last == .refresh(.numbered(1), before: 1_120))
  }

  @Test(arguments: [RestorationMoment.readingBeforeSend, .readingBeforeSave])
  func `a read without an answer suspends a session without an access token, and is repeated`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let (time, first) = (driver.time, driver.ticket)
    let since: Int64 = moment == .readingBeforeSave ? 1_060 : 1_000
    #expect(
      driver.tell(.timePassed, at: time + 60)
        == [.suspended(since: since, until: time + 60, .store), .wake(60), .readStore])
    #expect(driver.tell(.storeRead(first, .empty)) == [])
    #expect(driver.read(.numbered(1)).last?.isAwaited == true)
  }

  @Test func `a read without an answer doesn't show while the access token is valid`() {
    var driver = RestorationDriver.launched(at: 100)
    driver.tell(.timePassed, at: 840)
    #expect(driver.tell(.timePassed, at: 899) == [.wake(1)])
    #expect(
      driver.tell(.timePassed, at: 900)
        == [.suspended(since: 900, until: 900, .store), .wake(60), .readStore])
  }

  @Test(arguments: [SessionRestoration.Event.launched, .timePassed, .retryRequested])
  func `each event that reports passed time ends the wait for an answer`(
    _ event: SessionRestoration.Event
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let told = driver.tell(event, at: 1_060)
    #expect(told.first == .suspended(since: 1_060, until: 1_061, .unreachable))
    #expect(driver.machine.memory.awaited == nil)
  }

  @Test func `a save without an end counts as failed`() {
    var driver = RestorationMoment.saving.driver()
    let first = driver.ticket
    #expect(driver.tell(.timePassed, at: 1_059) == [.wake(1)])
    #expect(
      driver.tell(.timePassed, at: 1_060) == [.stateChanged(.active), .accessRenewed, .wake(1)])
    #expect(driver.tell(.saved(first)) == [])
    #expect(driver.tell(.timePassed, at: 1_061) == [.wake(60), .readStore])
  }

  @Test func `an erase without an end counts as failed`() {
    var driver = RestorationMoment.erasing.driver()
    let first = driver.ticket
    #expect(driver.tell(.timePassed, at: 159) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 160) == [.wake(1)])
    #expect(driver.tell(.erased(first)) == [])
    #expect(driver.tell(.timePassed, at: 161) == [.wake(60), .readStore])
  }

  @Test func `a mark without an end counts as failed`() {
    var driver = RestorationMoment.marking.driver()
    #expect(driver.tell(.timePassed, at: 1_060) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_061) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.save(.numbered(1, spentBy: .superseded))])
  }

  @Test func `a request that gets no answer in time is unreachable`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let first = driver.ticket
    #expect(driver.tell(.timePassed, at: 1_059) == [.wake(1)])
    #expect(
      driver.tell(.timePassed, at: 1_060)
        == [.suspended(since: 1_060, until: 1_061, .unreachable), .wake(1)])
    #expect(driver.tell(.answered(first, .tokens(2))) == [])
    #expect(driver.tell(.answered(first, .refused(.revoked))) == [])
  }

  @Test func `a late answer counts before an event reports the passed time`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(.tokens(2), at: 1_500).last == .readStore)
  }

  @Test(arguments: [1, 5, 600] as [Int64])
  func `the timeout for an answer is configurable, and is the deadline of a request`(
    _ timeout: Int64
  ) throws {
    let configuration = try SessionRestoration.Configuration(requestTimeout: .seconds(timeout))
    var driver = RestorationDriver(configuration: configuration)
    #expect(driver.tell(.launched, at: 1_000) == [.wake(timeout), .readStore])
    #expect(driver.read(.numbered(1)).last == .refresh(.numbered(1), before: 1_000 + timeout))
    #expect(
      driver.tell(.timePassed, at: 1_000 + timeout - 1)
        == (timeout == 1 ? [.wake(timeout)] : [.wake(1)]))
    #expect(
      driver.tell(.timePassed, at: 1_000 + timeout).first
        == .suspended(since: 1_000 + timeout, until: 1_001 + timeout, .unreachable))
  }

  @Test func `an event that ends no wait leaves the timer of an overdue answer alone`() {
    var driver = RestorationDriver()
    driver.tell(.launched, at: 0)
    var time: Int64 = 0
    for pause in [1, 2, 4, 8, 16, 32, 64] as [Int64] {
      driver.read(.locked, at: time)
      time += pause
      driver.tell(.timePassed, at: time)
    }
    #expect(driver.read(.locked, at: time).last == .wake(128))
    #expect(driver.tell(.timePassed, at: time + 1) == [.wake(60), .readStore])
    #expect(driver.tell(.accessRefused(accessToken: "access-1"), at: time + 62) == [])
    #expect(driver.tell(.timePassed, at: time + 63) == [.wake(60), .readStore])
  }

  @Test func `other events don't end a wait`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.accessRefused(accessToken: "access-1"), at: 5_000)
    #expect(driver.state == .refreshing)
    #expect(driver.answer(.tokens(2)).last == .readStore)
  }

  @Test func `a wait has its full length even at the last second of time`() {
    var machine = SessionRestoration()
    var source = ConstantSource()
    _ = machine.handle(.launched, at: .maximum, using: &source)
    let effects = machine.handle(
      .storeRead(.numbered(1), .locked), at: .maximum, using: &source)
    #expect(effects.map { Told($0) } == [.stateChanged(.storeLocked(since: .maximum))])
    let again = machine.handle(.timePassed, at: .maximum, using: &source)
    #expect(again.map { Told($0) } == [.wake(1), .readStore])
  }
}
