// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// 20 requests at once and one more for every 90 s: at most 60 in 3,600 s, whatever happens.
@Suite struct RequestBudgetTests {
  /// A machine whose refreshes all succeed, and whose access tokens are all refused ten seconds
  /// later.
  private static func driver() throws -> RestorationDriver {
    let configuration = try SessionRestoration.Configuration(margin: .zero)
    return RestorationDriver.launched(at: 1_000, configuration: configuration)
  }

  /// Answers a request with the next tokens and saves them.
  private static func renew(
    _ driver: inout RestorationDriver, _ stored: inout StoredSession, lifetime: Int64 = 900
  ) {
    let number = stored.blob.accessToken.text.split(separator: "-").last.flatMap { Int($0) } ?? 0
    driver.answer(.tokens(number + 1, lifetime: lifetime))
    driver.read(stored)
    stored = driver.machine.memory.session.map { StoredSession(blob: $0.newest) } ?? stored
    driver.saved()
  }

  @Test func `the budget is 20, and one more for every 90 s of forward movement`() {
    var budget = SessionRestoration.RequestBudget()
    let start = NumericDate.receipt(0)
    for _ in 1...20 {
      #expect(budget.wait(at: start) == nil)
      budget.spend(at: start)
    }
    #expect(budget.wait(at: start) == .seconds(90))
    #expect(budget.wait(at: .receipt(89)) == .seconds(1))
    #expect(budget.wait(at: .receipt(90)) == nil)
    budget.spend(at: .receipt(90))
    #expect(budget.wait(at: .receipt(90)) == .seconds(90))
    #expect(budget.wait(at: .receipt(179)) == .seconds(1))
    #expect(budget.wait(at: .receipt(180)) == nil)
    // Rest restores at most 20.
    for _ in 1...20 {
      #expect(budget.wait(at: .receipt(1_000_000)) == nil)
      budget.spend(at: .receipt(1_000_000))
    }
    #expect(budget.wait(at: .receipt(1_000_000)) == .seconds(90))
    budget.refund()
    #expect(budget.wait(at: .receipt(1_000_000)) == nil)
  }

  @Test func `a refund restores no more than was spent`() {
    var budget = SessionRestoration.RequestBudget()
    for _ in 1...5 { budget.refund() }
    #expect(budget == SessionRestoration.RequestBudget())
  }

  /// A 401 each second, of which one in ten counts: the lifetime, and the requests of an hour.
  @Test(arguments: [(240, 60), (900, 60), (239, 360), (100, 360)] as [(Int64, Int)])
  func `an hour of refused access tokens sees at most 60 requests, and more with short lifetimes`(
    _ lifetime: Int64, _ most: Int
  ) throws {
    var driver = try Self.driver()
    var stored = StoredSession.numbered(1)
    var requests = 1
    for time in 1_001..<4_600 as Range<Int64> {
      if case .refresh? = driver.awaited, driver.machine.memory.awaited?.kind == .refresh {
        Self.renew(&driver, &stored, lifetime: lifetime)
      }
      driver.tell(.accessRefused(accessToken: stored.blob.accessToken.text), at: time)
      driver.tell(.timePassed)
      driver.read(stored)
      if driver.machine.memory.awaited?.kind == .refresh { requests += 1 }
    }
    #expect(requests <= most)
    #expect(requests > (most == 60 ? 50 : 60))
  }

  @Test func `with an empty budget the machine pauses, and reports the server as the cause`() throws
  {
    var driver = try Self.driver()
    var stored = StoredSession.numbered(1)
    var paused: SessionRestoration.Suspension?
    while paused == nil {
      Self.renew(&driver, &stored)
      driver.tell(.accessRefused(accessToken: stored.blob.accessToken.text), at: driver.time + 10)
      driver.read(stored)
      if case .suspended(let suspension) = driver.state { paused = suspension }
    }
    // 20 + 190 / 90 were sent; the next one is due after 90 s more of forward movement.
    #expect(paused?.cause == .server(nil))
    let time = driver.time
    let wait = try #require(driver.machine.memory.pause?.wait.left(at: .receipt(time)))
    #expect(paused?.retryAt == .receipt(time) + wait)
    let end = time + wait.components.seconds
    #expect(driver.tell(.timePassed, at: end - 1) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: end) == [.wake(60), .readStore])
    #expect(driver.read(stored).last?.isRefresh == true)
  }

  @Test func `retryRequested ends a pause for the budget, five seconds after a response`()
    throws
  {
    var driver = try Self.driver()
    var stored = StoredSession.numbered(1)
    while driver.machine.memory.pause == nil {
      Self.renew(&driver, &stored)
      driver.tell(.accessRefused(accessToken: stored.blob.accessToken.text), at: driver.time + 10)
      driver.read(stored)
    }
    let time = driver.time
    #expect(driver.tell(.retryRequested).last == .wake(5))
    #expect(driver.tell(.timePassed, at: time + 4) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: time + 5).last == .readStore)
    #expect(driver.read(stored).last?.isRefresh == true)
  }

  @Test func `a clock set back restores no budget, and takes none`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    var requests = 1
    for index in 0..<2_000 {
      driver.answer(.unavailable)
      driver.tell(.timePassed, at: index % 2 == 0 ? -3_000 : 1_000)
      driver.tell(.timePassed, at: index % 2 == 0 ? -3_000 : 1_000)
      driver.read(.numbered(1))
      if driver.machine.memory.awaited?.kind == .refresh { requests += 1 }
    }
    // Each jump forward is forward movement of the clock: 4,000 s, of which 90 s restore one
    // request.
    #expect(requests <= 20 + 1_000 * 4_000 / 90)
    #expect(requests <= 2_001)
  }

  @Test func `a clock that only goes back sends at most the rest of the budget`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    var requests = 1
    for step in 1...1_000 as ClosedRange<Int64> {
      driver.tell(.answered(driver.ticket, .unreachable), at: 1_000 - step)
      driver.tell(.retryRequested)
      driver.tell(.timePassed)
      driver.read(.numbered(1))
      if driver.machine.memory.awaited?.kind == .refresh { requests += 1 }
    }
    #expect(requests == 1)
  }

  @Test func `an empty budget after no response doesn't delay a retry that the app requests`()
    throws
  {
    let configuration = try SessionRestoration.Configuration(margin: .zero)
    var driver = RestorationDriver.launched(at: 0, configuration: configuration)
    var stored = StoredSession.numbered(1)
    for number in 2...60 {
      driver.tell(
        .accessRefused(accessToken: stored.blob.accessToken.text), at: driver.time + 11)
      driver.read(stored)
      if driver.machine.memory.budget.wait(at: .receipt(driver.time + 1)) != nil { break }
      driver.answer(.tokens(number))
      driver.read(stored)
      stored = .renewed(number, at: driver.time)
      driver.saved()
    }
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: driver.time + 1)
    #expect(driver.read(stored).last?.wake != nil)
    #expect(driver.tell(.retryRequested).last == .readStore)
    #expect(driver.read(stored).last?.isRefresh == true)
  }
}
