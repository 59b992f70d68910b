// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 9: min(maximum, 2ⁿ) seconds after n failures, with jitter in the upper half.
@Suite struct BackoffTests {
  /// A machine that awaits an answer after `failures` failures.
  private static func driver(failures: Int, maximum: Int64 = 300) throws -> RestorationDriver {
    let configuration = try SessionRestoration.Configuration(maximumBackoff: .seconds(maximum))
    var driver = RestorationDriver.launched(at: 1_000, configuration: configuration)
    for _ in 0..<failures {
      driver.answer(.unreachable)
      driver.tell(.timePassed, at: driver.time + 86_400)
      driver.read(.numbered(1))
    }
    return driver
  }

  /// The previous failures, the configured maximum, and the ceiling of the next pause.
  static let ceilings: [(Int, Int64, Int64)] = [
    (0, 300, 2), (1, 300, 4), (2, 300, 8), (3, 300, 16), (4, 300, 32), (5, 300, 64), (6, 300, 128),
    (7, 300, 256), (8, 300, 300), (9, 300, 300), (40, 300, 300), (0, 1, 1), (40, 1, 1), (5, 60, 60),
    (0, 3, 2), (1, 3, 3), (1, 5, 4), (2, 5, 5),
  ]

  @Test(arguments: ceilings)
  func `every pause of the upper half occurs, none beyond it, and none too often`(
    _ failures: Int, _ maximum: Int64, _ ceiling: Int64
  ) throws {
    let driver = try Self.driver(failures: failures, maximum: maximum)
    var source = SeededGenerator(seed: UInt64(ceiling))
    var counts: [Int64: Int] = [:]
    let pauses = (ceiling + 1) / 2...ceiling
    let mean = 60
    for _ in 0..<(pauses.count * mean) {
      var machine = driver.machine
      _ = machine.handle(
        .answered(driver.ticket, .unreachable), at: .receipt(driver.time), using: &source)
      guard case .suspended(let suspension) = machine.state else {
        Issue.record("\(machine.state)")
        return
      }
      let pause = (suspension.retryAt - .receipt(driver.time)).components.seconds
      #expect(machine.memory.pause?.wait.length == .seconds(pause))
      counts[pause, default: 0] += 1
    }
    #expect(counts.keys.sorted() == Array(pauses))
    // Six standard deviations either way.
    #expect(counts.values.allSatisfy { 14...106 ~= $0 })
  }

  @Test(arguments: [16, 17, 29, 30, 31, 63, 64, 65, 200])
  func `after many failures the pause stays within the configured maximum`(_ failures: Int) throws {
    var driver = try Self.driver(failures: failures, maximum: 86_400)
    driver.source.word = 43_200
    let now = driver.time
    #expect(driver.answer(.unreachable).last == .wake(86_400))
    #expect(driver.machine.memory.suspension?.retryAt == .receipt(now + 86_400))
  }

  @Test func `a renewed session resets the backoff`() throws {
    var driver = try Self.driver(failures: 5)
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    driver.saved()
    #expect(driver.state == .active)
    let saved = StoredSession.renewed(2, at: driver.time)
    driver.tell(.timePassed, at: driver.time + 900)
    driver.read(saved)
    #expect(driver.answer(.unreachable).last == .wake(1))
  }

  @Test func `a sign-out and a sign-in reset the backoff`() throws {
    var driver = try Self.driver(failures: 5)
    driver.tell(.signedOutByUser)
    driver.read(.numbered(1))
    #expect(driver.eraseFailed().last == .wake(1))
    var other = try Self.driver(failures: 5)
    other.signIn(2)
    other.read(.numbered(1))
    #expect(other.saveFailed().last == .wake(1))
  }

  @Test func `adopting a usable session of another process resets the backoff`() throws {
    var driver = try Self.driver(failures: 5)
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: driver.time + 300)
    driver.read(.numbered(2, receivedAt: driver.time))
    #expect(driver.machine.memory.failureCount == 0)
    #expect(driver.machine.memory.suspension == nil)
  }

  @Test func `adopting an ended blob of the same session doesn't reset the backoff`() throws {
    var driver = try Self.driver(failures: 2)
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: driver.time + 300)
    driver.read(.numbered(2))
    #expect(driver.machine.memory.failureCount == 3)
    #expect(driver.answer(.unreachable).last == .wake(8))
  }

  @Test func `adopting another session resets the backoff`() throws {
    var driver = try Self.driver(failures: 2)
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: driver.time + 300)
    driver.read(.numbered(2, session: 2))
    #expect(driver.state == .refreshing)
    #expect(driver.answer(.unreachable).last == .wake(1))
  }

  @Test func `the maximum pause near the end of time does not trap`() {
    var machine = SessionRestoration()
    var source = ConstantSource()
    _ = machine.handle(.launched, at: .maximum, using: &source)
    _ = machine.handle(
      .storeRead(.numbered(1), .found(.numbered(1))), at: .maximum, using: &source)
    _ = machine.handle(
      .answered(.numbered(2), .retryAfter(86_400)), at: .maximum, using: &source)
    #expect(
      machine.state
        == .suspended(
          SessionRestoration.Suspension(since: .maximum, retryAt: .maximum, cause: .server(nil))))
  }
}
