// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The decisions at launch (article *Restore a session at launch*): the first that matches wins.
@Suite struct LaunchOrderTests {
  /// The content of the store at a launch, and the resulting effects.
  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let readings: [StoredSession.Reading]
    let time: Int64
    let told: [Told]
    let access: SessionRestoration.Access

    init(
      _ name: String, _ readings: [StoredSession.Reading], at time: Int64, _ told: [Told],
      _ access: SessionRestoration.Access
    ) {
      testDescription = name
      self.readings = readings
      self.time = time
      self.told = told
      self.access = access
    }

    /// A session in the store, and the first effect that results.
    init(_ name: String, _ session: StoredSession, at time: Int64, _ call: Call) {
      let resuming: [Told] = [.sessionInUse(1), .stateChanged(.active)]
      let refresh = Told.refresh(session, before: time + 60)
      let (told, access): ([Told], SessionRestoration.Access) =
        switch call {
        case .resume: (resuming, .attach(accessToken: "access-1"))
        case .resumeAndRefresh: (resuming + [refresh], .attach(accessToken: "access-1"))
        case .refresh: ([.sessionInUse(1), .stateChanged(.refreshing), refresh], .wait)
        case .signIn(let reason): ([.signedOut(reason)], .signIn(reason))
        }
      self.init(name, [.found(session)], at: time, told, access)
    }

    enum Call {
      case resume, resumeAndRefresh, refresh, signIn(SessionRestoration.SignInReason)
    }
  }

  static let rows: [Row] = store + spent + lone + withRefreshToken + margins + endingWithSession

  private static let store = [
    Row(
      "locked", [.locked], at: 5_000,
      [.stateChanged(.storeLocked(since: .receipt(5_000))), .wake(1)], .wait),
    Row("corrupt once", [.corrupt], at: 5_000, [.wake(2)], .wait),
    Row(
      "corrupt twice", [.corrupt, .corrupt], at: 5_000, [.signedOut(.storeCorrupt)],
      .signIn(.storeCorrupt)),
    Row(
      "corrupt, then empty", [.corrupt, .empty], at: 5_000, [.signedOut(.neverSignedIn)],
      .signIn(.neverSignedIn)),
    Row(
      "empty", [.empty], at: 5_000, [.signedOut(.neverSignedIn)], .signIn(.neverSignedIn)),
  ]

  private static let spent = [
    Row(
      "spent, the whole life left", .numbered(1, spentBy: .superseded), at: 0,
      .signIn(.refused(.superseded))),
    Row(
      "spent, by a code of tomorrow", .numbered(1, spentBy: Refusal.Code(rawValue: "tomorrow")),
      at: 5_000, .signIn(.refused(Refusal.Code(rawValue: "tomorrow")))),
    Row(
      "spent, no refresh token", .numbered(1, hasRefreshToken: false, spentBy: .superseded),
      at: 5_000, .signIn(.refused(.superseded))),
  ]

  private static let lone = [
    (-100_000_000, .resume), (-1, .resume), (0, .resume), (839, .resume), (840, .resume),
    (899, .resume), (900, .signIn(.noRefreshToken)), (9_000, .signIn(.noRefreshToken)),
  ].map { (time: Int64, call: Row.Call) in
    Row("no refresh token, at \(time)", .numbered(1, hasRefreshToken: false), at: time, call)
  }

  /// The window ends at second 2,592,000 by the device's clock, which alone signs nobody out.
  private static let withRefreshToken = [
    (-100_000_000, .refresh), (-1, .refresh), (0, .resume), (839, .resume),
    (840, .resumeAndRefresh), (899, .resumeAndRefresh), (900, .refresh), (2_591_999, .refresh),
    (2_592_000, .refresh), (300_000_000, .refresh),
  ].map { (time: Int64, call: Row.Call) in Row("at \(time)", .numbered(1), at: time, call) }

  /// Lifetime of the access token and the margin that applies: min(60, lifetime / 4).
  private static let margins: [Row] = [
    (241, 60), (240, 60), (239, 59), (100, 25), (9, 2), (8, 2), (7, 1), (4, 1), (3, 0), (1, 0),
  ].flatMap { (lifetime: Int64, margin: Int64) in
    let session = StoredSession.numbered(1, lifetime: lifetime)
    let isWithin = Row(
      "lifetime \(lifetime), margin left", session, at: lifetime - margin,
      margin == 0 ? .refresh : .resumeAndRefresh)
    let isBefore = Row(
      "lifetime \(lifetime), a second more left", session, at: lifetime - margin - 1, .resume)
    return [isWithin, isBefore]
  }

  /// Rule 10: an access token that ends with the session is not refreshed early.
  private static let endingWithSession = [
    (899, 840, .resume), (900, 840, .resume), (900, 899, .resume), (900, 900, .refresh),
    (901, 840, .resumeAndRefresh), (901, 899, .resumeAndRefresh), (nil, 840, .resumeAndRefresh),
  ].map { (refreshLifetime: Int64?, time: Int64, call: Row.Call) in
    Row(
      "refresh token of \(refreshLifetime.map { "\($0) s" } ?? "unknown life"), at \(time)",
      .numbered(1, refreshLifetime: refreshLifetime), at: time, call)
  }

  @Test(arguments: rows)
  func `the first matching line of the launch order decides`(_ row: Row) throws {
    var driver = RestorationDriver()
    var told = driver.tell(.launched, at: row.time)
    for (index, reading) in row.readings.enumerated() {
      if index > 0 { driver.tell(.timePassed, at: driver.time + 2) }
      told = driver.read(reading)
    }
    #expect(told == row.told)
    #expect(driver.access == row.access)
  }

  @Test func `before the launch the state is starting and access waits`() {
    let driver = RestorationDriver()
    #expect(driver.state == .starting)
    #expect(driver.access == .wait)
  }

  @Test(arguments: [.timePassed, .retryRequested] as [SessionRestoration.Event])
  func `an event before the launch has no effect`(_ event: SessionRestoration.Event) {
    var driver = RestorationDriver()
    #expect(driver.tell(event, at: 100) == [])
    #expect(driver.machine == SessionRestoration())
  }

  @Test func `the launch reads the store and nothing else`() {
    var driver = RestorationDriver()
    #expect(driver.tell(.launched, at: 100) == [.wake(60), .readStore])
    #expect(driver.state == .starting)
    #expect(driver.access == .wait)
  }

  @Test func `a second launch counts as time that passes`() {
    for moment in RestorationMoment.allCases where moment != .idle {
      var (driver, other) = (moment.driver(), moment.driver())
      let effects = driver.tell(.launched, at: driver.time + 1).filter { $0.wake == nil }
      #expect(effects == other.tell(.timePassed, at: other.time + 1).filter { $0.wake == nil })
      #expect(driver.machine == other.machine, "\(moment)")
    }
  }

  @Test func `corrupt bytes stay in the store until the user signs in`() {
    var driver = RestorationDriver()
    let reading = StoredSession.Reading(bytes: Array("{\"version\":3}".utf8))
    driver.launch(reading, at: 0)
    #expect(driver.tell(.timePassed, at: 2) == [.wake(60), .readStore])
    #expect(driver.read(reading) == [.signedOut(.storeCorrupt)])
    #expect(driver.signIn(2, at: 10) == [.wake(60), .readStore])
    #expect(driver.read(reading) == [.save(.signedIn(2, at: 10))])
  }

  /// Configured margin, lifetime of the access token, margin that applies.
  static let configuredMargins: [(Int64, Int64, Int64)] = [
    (0, 900, 0), (1, 900, 1), (225, 900, 225), (226, 900, 225), (3_600, 900, 225),
    (3_600, 14_399, 3_599), (3_600, 14_400, 3_600), (3_600, 86_400, 3_600),
    (3_600, 253_402_300_799, 3_600),
  ]

  @Test(arguments: configuredMargins)
  func `the margin is the configured one, and at most a quarter of the lifetime`(
    _ configured: Int64, _ lifetime: Int64, _ margin: Int64
  ) throws {
    let configuration = try SessionRestoration.Configuration(margin: .seconds(configured))
    // Receipt far enough back that no moment of the table is beyond the year 9999.
    let received = StoredSession.numbered(
      1, lifetime: lifetime, refreshLifetime: nil, receivedAt: -1_800_000_000)
    for left in Set([1, margin, margin + 1, lifetime]) where 1...lifetime ~= left {
      var driver = RestorationDriver(configuration: configuration)
      let now = lifetime - left - 1_800_000_000
      let refresh = left <= margin ? [Told.refresh(received, before: now + 60)] : []
      #expect(
        driver.launch(.found(received), at: now)
          == [.sessionInUse(1), .stateChanged(.active)] + refresh, "\(left) s left")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 60] as [Int64])
  func `a token that has just come is never refreshed at once`(_ lifetime: Int64) {
    var driver = RestorationDriver()
    #expect(
      driver.launch(.found(.numbered(1, lifetime: lifetime)), at: 0)
        == [.sessionInUse(1), .stateChanged(.active)])
  }

  @Test func `a token that arrived expired is refreshed at once`() {
    var driver = RestorationDriver()
    let session = StoredSession.numbered(1, lifetime: 0)
    #expect(
      driver.launch(.found(session), at: 0)
        == [.sessionInUse(1), .stateChanged(.refreshing), .refresh(session, before: 60)])
  }
}
