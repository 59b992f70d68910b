import Testing

@testable import SessionTokens

/// Full jitter: 1 … min(longest, 2^failures) seconds, each as likely as the others.
@Suite struct BackoffTests {
  /// A machine that awaits an answer after that many failures.
  private static func driver(
    failures: Int, longest: Int64 = 300
  ) throws -> (driver: RestorationDriver, ticket: UInt64) {
    let configuration = try SessionRestoration.Configuration(longestBackoff: .seconds(longest))
    var driver = RestorationDriver.launched(at: 1_000, configuration: configuration)
    var ticket: UInt64 = 1
    for _ in 0..<failures {
      driver.tell(.answered(.numbered(ticket), .unavailable(retryAfter: nil, code: nil)))
      driver.tell(.timePassed, at: driver.time + 1)
      driver.tell(.storeRead(.found(.numbered(1))))
      ticket += 1
    }
    return (driver, ticket)
  }

  /// Failures before, longest pause configured, ceiling of the pause that comes.
  static let ceilings: [(Int, Int64, Int64)] = [
    (0, 300, 2), (1, 300, 4), (2, 300, 8), (3, 300, 16), (4, 300, 32), (5, 300, 64), (6, 300, 128),
    (7, 300, 256), (8, 300, 300), (9, 300, 300), (0, 1, 1), (40, 1, 1), (5, 60, 60), (0, 3, 2),
    (1, 3, 3),
  ]

  @Test(arguments: ceilings)
  func `every pause up to the ceiling comes, none beyond, and none too often`(
    _ failures: Int, _ longest: Int64, _ ceiling: Int64
  ) throws {
    let (driver, ticket) = try Self.driver(failures: failures, longest: longest)
    var source = SeededGenerator(seed: UInt64(ceiling))
    var counts: [Int64: Int] = [:]
    let mean = 60
    for _ in 0..<(Int(ceiling) * mean) {
      var machine = driver.machine
      let effects = machine.handle(
        .answered(.numbered(ticket), .unavailable(retryAfter: nil, code: nil)),
        at: .receipt(driver.time),
        using: &source)
      let pause = try #require(effects.last?.pause).components.seconds
      #expect(machine.state == .suspended(retryAt: .receipt(driver.time + pause)))
      counts[pause, default: 0] += 1
    }
    #expect(counts.keys.sorted() == Array(1...ceiling))
    // Six standard deviations either way.
    #expect(counts.values.allSatisfy { 14...106 ~= $0 })
  }

  @Test(arguments: [17, 29, 30, 31, 63, 64, 65, 200])
  func `after many failures the pause stays within what is configured`(_ failures: Int) throws {
    var (driver, ticket) = try Self.driver(failures: failures, longest: 86_400)
    driver.source.word = 86_399
    #expect(
      driver.tell(.answered(.numbered(ticket), .unavailable(retryAfter: nil, code: nil)))
        == .suspending(at: driver.time, for: 86_400))
  }

  @Test func `a renewed session forgives the failures before`() throws {
    var (driver, ticket) = try Self.driver(failures: 5)
    driver.tell(.answered(.numbered(ticket), .tokens(.numbered(2))))
    driver.tell(.storeRead(.found(.numbered(1))))
    driver.tell(.saved(.numbered(ticket + 1)))
    #expect(driver.state == .active)
    driver.tell(.timePassed, at: 2_000)
    let saved = StoredSession.renewed(2, at: 1_005)
    driver.tell(.storeRead(.found(saved)))
    driver.source.word = .max
    #expect(
      driver.tell(.answered(.numbered(ticket + 2), .unavailable(retryAfter: nil, code: nil))).last?
        .pause
        == .seconds(2))
  }

  @Test func `a sign-out forgives the failures before`() throws {
    var (driver, ticket) = try Self.driver(failures: 5)
    driver.tell(.signedOutByUser)
    driver.tell(.signedIn(.numbered(2)))
    driver.source.word = .max
    #expect(
      driver.tell(.saveFailed(.numbered(ticket + 1))).last?.pause == .seconds(2))
  }

  @Test func `an adopted session does not forgive what it has not proved`() throws {
    var (driver, ticket) = try Self.driver(failures: 2)
    driver.tell(.answered(.numbered(ticket), .unavailable(retryAfter: nil, code: nil)))
    driver.tell(.timePassed, at: driver.time + 1)
    driver.tell(.storeRead(.found(.numbered(2))))
    driver.source.word = .max
    #expect(
      driver.tell(.answered(.numbered(ticket + 1), .unavailable(retryAfter: nil, code: nil))).last?
        .pause
        == .seconds(16))
  }

  @Test func `the longest pause near the end of time does not trap`() throws {
    var machine = SessionRestoration()
    _ = machine.handle(.launched, at: .maximum)
    _ = machine.handle(.storeRead(.found(.numbered(1))), at: .maximum)
    let effects = machine.handle(
      .answered(.numbered(1), .unavailable(retryAfter: .seconds(86_400), code: nil)), at: .maximum)
    #expect(effects.first == .stateChanged(.suspended(retryAt: .maximum)))
  }

  @Test func `a pause has its length also at the last second of the calendar`() {
    var machine = SessionRestoration()
    var source = ConstantSource()
    source.word = .max
    _ = machine.handle(.launched, at: .maximum, using: &source)
    let effects = machine.handle(.storeRead(.locked), at: .maximum, using: &source)
    #expect(effects.last == .wake(after: .seconds(2)))
    _ = machine.handle(.timePassed, at: .maximum, using: &source)
    let again = machine.handle(.storeRead(.locked), at: .maximum, using: &source)
    #expect(again == [.wake(after: .seconds(2))])
  }
}
