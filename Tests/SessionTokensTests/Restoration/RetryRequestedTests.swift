// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 9: connectivity is back, or the user requests a retry.
@Suite struct RetryRequestedTests {
  /// The last answer, the length of the pause, and the moment from which it can be ended.
  @Test(
    arguments: [
      (.unreachable, 150, 1), (.unavailable, 150, 5), (.retryAfter(7), 150, 7),
      (.retryAfter(5), 150, 5), (.retryAfter(200), 200, 200),
      (.unavailable(retryAfter: nil, code: .clockSkew), 150, 5), (.refused(.clockSkew), 150, 5),
    ] as [(RefreshAnswer, Int64, Int64)])
  func `retryRequested ends the machine's own pause, and never one that the server requested`(
    _ answer: RefreshAnswer, _ pause: Int64, _ minimum: Int64
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    for _ in 1...9 {
      driver.answer(.unreachable)
      driver.tell(.timePassed, at: driver.time + 300)
      driver.read(.numbered(1))
    }
    #expect(driver.answer(answer).last == .wake(pause))
    let time = driver.time
    var late = driver
    #expect(late.tell(.timePassed, at: time + minimum - 1).last == .wake(pause - minimum + 1))
    // Too early, it is remembered.
    var early = driver
    let told = early.tell(.retryRequested, at: time)
    if minimum < pause { #expect(told.last == .wake(minimum)) }
    guard case .suspended(let suspension) = early.state else {
      Issue.record("\(early.state)")
      return
    }
    #expect(suspension.retryAt == .receipt(time + minimum))
    #expect(early.tell(.timePassed, at: time + minimum - 1).last?.isAwaited != true)
    #expect(early.tell(.timePassed, at: time + minimum).last == .readStore)
    #expect(early.read(.numbered(1)).last?.isRefresh == true)
    // From then on, it takes effect at once.
    #expect(late.tell(.retryRequested, at: time + minimum).last == .readStore)
    #expect(late.read(.numbered(1)).last?.isRefresh == true)
  }

  @Test func `the machine sends within a second after connectivity is back`() {
    var offline = RestorationMoment.awaitingAnswer.driver()
    offline.answer(.unreachable)
    for _ in 1...900 {
      if offline.tell(.timePassed, at: offline.time + 1).last == .readStore {
        offline.read(.numbered(1))
        offline.answer(.unreachable)
      }
      var driver = offline
      var told = driver.tell(.retryRequested)
      if told.last != .readStore { told = driver.tell(.timePassed, at: driver.time + 1) }
      #expect(told.last == .readStore)
      #expect(driver.read(.numbered(1)).last?.isRefresh == true)
    }
  }

  @Test func `retryRequested during a request gives the minimum pause after it`() {
    for (answer, minimum) in [(RefreshAnswer.unreachable, 1), (.unavailable, 5)]
      as [(RefreshAnswer, Int64)]
    {
      var driver = RestorationMoment.awaitingAnswer.driver()
      for _ in 1...9 {
        driver.answer(.unreachable)
        driver.tell(.timePassed, at: driver.time + 300)
        driver.read(.numbered(1))
      }
      #expect(driver.tell(.retryRequested) == [])
      #expect(driver.answer(answer).last == .wake(minimum))
      #expect(driver.tell(.timePassed, at: driver.time + minimum).last == .readStore)
      driver.read(.numbered(1))
      // It counts for one pause.
      #expect(driver.answer(answer).last == .wake(150))
    }
  }

  @Test func `retryRequested ends a pause for the store after a second, and no later pause`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    for _ in 1...9 {
      driver.saveFailed()
      driver.tell(.timePassed, at: driver.time + 60)
      driver.tell(.retryRequested)
      driver.read(.numbered(1))
    }
    driver.saveFailed()
    driver.tell(.retryRequested, at: driver.time + 1)
    #expect(driver.read(.numbered(1)).last?.isSave == true)
    #expect((driver.saveFailed().compactMap(\.wake).last ?? 0) > 60)
  }

  @Test func `a locked store isn't read each second after one retryRequested`() {
    var driver = RestorationMoment.lockedLater.driver()
    for _ in 1...9 {
      driver.tell(.timePassed, at: driver.time + 300)
      driver.read(.locked)
    }
    #expect(driver.tell(.retryRequested, at: driver.time + 1).last == .readStore)
    let now = driver.time
    #expect(
      driver.read(.locked)
        == [.suspended(since: 1_000, until: now + 150, .store), .wake(150)])
  }

  @Test func `retryRequested retries an erase`() {
    var driver = RestorationMoment.pausingErase.driver()
    #expect(driver.tell(.retryRequested, at: 101) == [.wake(60), .readStore])
  }

  @Test(arguments: RestorationMoment.allCases)
  func `retryRequested is the same as timePassed without a pause and without a request`(
    _ moment: RestorationMoment
  ) {
    var (driver, other) = (moment.driver(), moment.driver())
    let hasPause = driver.machine.memory.pause != nil
    guard !hasPause, !RestorationMoment.awaiting.contains(moment) else { return }
    let told = driver.tell(.retryRequested, at: driver.time + 1).filter { $0.wake == nil }
    #expect(told == other.tell(.timePassed, at: other.time + 1).filter { $0.wake == nil })
    #expect(driver.machine == other.machine)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `after retryRequested at any moment the machine continues by itself`(
    _ moment: RestorationMoment
  ) {
    for delay in 0...10 as ClosedRange<Int64> {
      var driver = moment.driver()
      let isSettled = driver.machine.memory.pause == nil && driver.machine.memory.awaited == nil
      let told = driver.tell(.retryRequested, at: driver.time + delay)
      let memory = driver.machine.memory
      if let pause = memory.pause { #expect(pause.wait.left(at: .receipt(driver.time)) != nil) }
      #expect(isSettled || memory.pause != nil || memory.awaited != nil)
      #expect(told.compactMap(\.wake).allSatisfy { $0 >= 1 })
    }
  }

  @Test func `a request that retryRequested causes isn't counted`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    for _ in 1...50 {
      driver.answer(.unreachable)
      driver.tell(.retryRequested, at: driver.time + 1)
      #expect(driver.read(.numbered(1)).last?.isRefresh == true)
    }
    // 1 of 20 was spent at the launch, and 50 s bring none back.
    #expect(driver.machine.memory.budget.wait(at: .receipt(driver.time)) == nil)
  }

  @Test func `retryRequested gives one request a second without a response, else one in 5 s`() {
    for (answer, maximum) in [(RefreshAnswer.unreachable, 1_000), (.unavailable, 200)] {
      var driver = RestorationMoment.awaitingAnswer.driver()
      var requests = 0
      for tenth in 0..<10_000 as Range<Int64> {
        let time = 1_000 + tenth / 10
        driver.tell(.retryRequested, at: time)
        driver.read(.numbered(1))
        if case .refresh? = driver.awaited, driver.machine.memory.awaited != nil {
          requests += 1
          driver.answer(answer)
        }
      }
      // The first pauses are shorter by themselves: 1 and 2 s.
      #expect(maximum...maximum + 2 ~= requests)
    }
  }

  @Test func `a pause that is ended counts as due at that moment`() {
    var driver = RestorationMoment.suspended.driver()
    for _ in 0..<8 {
      driver.tell(.timePassed, at: driver.time + 300)
      driver.read(.numbered(1))
      driver.answer(.unreachable)
    }
    let time = driver.time + 50
    #expect(
      driver.tell(.retryRequested, at: time).first
        == .suspended(since: 1_000, until: time, .unreachable))
  }
}
