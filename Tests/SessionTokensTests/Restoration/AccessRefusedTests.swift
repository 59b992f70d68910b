// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 10: a 401 forces a refresh, unless the token has just come or isn't the one in use.
@Suite struct AccessRefusedTests {
  private static let refused = SessionRestoration.Event.accessRefused(accessToken: "access-1")

  @Test func `a refused access token is not attached again and is renewed`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.tell(Self.refused) == [.stateChanged(.refreshing), .wake(60), .readStore])
    #expect(driver.access == .wait)
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 160)])
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    #expect(driver.saved() == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  /// Configured margin, lifetime of the access token, and the time after receipt from which a
  /// refusal counts: max(margin that applies, 10 s).
  @Test(arguments: [
    (60, 900, 60), (60, 240, 60), (60, 239, 59), (60, 44, 11), (60, 43, 10), (60, 40, 10),
    (60, 8, 10), (0, 900, 10), (9, 900, 10), (11, 900, 11), (3_600, 900, 225),
  ])
  func `a token that came less than a margin ago, or 10 s, is kept`(
    _ margin: Int64, _ lifetime: Int64, _ grace: Int64
  ) throws {
    let session = StoredSession.numbered(1, lifetime: lifetime)
    let configuration = try SessionRestoration.Configuration(margin: .seconds(margin))
    let fresh = RestorationDriver.launched(session, at: 0, configuration: configuration)
    for time in [0, grace - 1] where time < lifetime {
      var driver = fresh
      #expect(
        driver.tell(Self.refused, at: time).allSatisfy { $0 == .wake(60) || $0 == .readStore })
      #expect(driver.machine.memory.session?.isAccessRefused == false)
    }
    var driver = fresh
    driver.tell(Self.refused, at: grace)
    #expect(driver.machine.memory.session?.isAccessRefused == true)
  }

  @Test func `a server that keeps refusing fresh tokens causes no refresh loop`() {
    var driver = RestorationMoment.saving.driver()
    driver.saved()
    for time in 1_000..<1_060 as Range<Int64> {
      #expect(driver.tell(.accessRefused(accessToken: "access-2"), at: time) == [])
    }
  }

  @Test func `a clock set back doesn't count as a fresh token`() {
    var driver = RestorationMoment.active.driver()
    #expect(
      driver.tell(Self.refused, at: -1) == [.stateChanged(.refreshing), .wake(60), .readStore])
    #expect(driver.read(.numbered(1), at: 100).last?.isRefresh == true)
  }

  @Test(arguments: ["access-0", "access-2", "", "access-1 ", "ACCESS-1", "refresh-1"])
  func `the refusal of a token that isn't in use changes nothing`(_ token: String) {
    var driver = RestorationMoment.active.driver()
    let before = driver.machine
    #expect(driver.tell(.accessRefused(accessToken: token)) == [])
    #expect(driver.machine == before)
  }

  @Test(arguments: [-1, 100, 899] as [Int64])
  func `without a refresh token a refusal leads to sign-in, whatever the clock shows`(_ time: Int64)
  {
    var driver = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 100)
    #expect(driver.tell(Self.refused, at: time) == [.signedOut(.noRefreshToken)])
    #expect(driver.access == .signIn(.noRefreshToken))
  }

  @Test(arguments: RestorationMoment.allCases)
  func `a refusal at any moment changes only the session in use`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let before = driver
    let expected: [Told]? =
      switch moment {
      case .active: [.stateChanged(.refreshing), .wake(60), .readStore]
      case .readingEarly, .awaitingEarly, .doubting: [.stateChanged(.refreshing)]
      case .pausingEarly: [.suspended(since: 850, until: 851, .unreachable)]
      default: nil
      }
    #expect(driver.tell(Self.refused) == expected ?? [])
    #expect(driver.access == (expected == nil ? before.access : .wait))
    #expect(driver.tell(Self.refused) == [])
  }

  @Test func `the work under way continues after a refusal`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.tell(Self.refused)
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 910)])
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    #expect(driver.saved() == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `a refused token that the server returns again is in use, and its margin counts anew`()
  {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.tell(Self.refused)
    driver.answer(.tokens(1))
    driver.read(.numbered(1))
    #expect(driver.saved() == [.stateChanged(.active)])
    #expect(driver.access == .attach(accessToken: "access-1"))
    #expect(driver.tell(Self.refused, at: 909) == [])
    #expect(
      driver.tell(Self.refused, at: 910) == [.stateChanged(.refreshing), .wake(60), .readStore])
  }

  @Test func `an access token that ends with the session isn't refreshed early`() {
    for lifetime in [899, 900, 901] as [Int64] {
      var driver = RestorationDriver.launched(.numbered(1, refreshLifetime: lifetime), at: 100)
      let told = driver.tell(.timePassed, at: 899)
      #expect(told == (lifetime > 900 ? [.wake(60), .readStore] : []))
      #expect(driver.tell(.timePassed, at: 900).contains(.stateChanged(.refreshing)))
    }
  }
}
