import Testing

@testable import SessionTokens

/// A 401 forces a refresh, unless the token has only just come or is not the one in use.
@Suite struct AccessRefusedTests {
  private static let refused = SessionRestoration.Event.accessRefused(accessToken: "access-1")

  @Test func `a refused access token is not attached again and is renewed`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.tell(Self.refused) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.access == .wait)
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 1))
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2))))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  /// Lifetime of the access token, and how long after receipt a refusal counts.
  @Test(arguments: [(900, 60), (240, 60), (239, 59), (40, 10), (8, 2), (7, 1), (3, 1), (2, 1)])
  func `a token that came less than a margin ago is kept`(_ lifetime: Int64, _ shortest: Int64) {
    let session = StoredSession.numbered(1, lifetime: lifetime)
    let fresh = RestorationDriver.launched(session, at: 0)
    for time in [0, shortest - 1] {
      var driver = fresh
      #expect(driver.tell(Self.refused, at: time) == [])
      #expect(driver.machine == fresh.machine)
    }
    var driver = fresh
    #expect(driver.tell(Self.refused, at: shortest) == [.stateChanged(.refreshing), .readStore])
  }

  @Test func `a server that goes on refusing fresh tokens makes no refresh loop`() {
    var driver = RestorationMoment.saving.driver()
    driver.tell(.saved(.numbered(2)))
    for time in 1_000..<1_060 as Range<Int64> {
      #expect(driver.tell(.accessRefused(accessToken: "access-2"), at: time) == [])
    }
  }

  @Test func `a clock set back is no sign of a fresh token`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.tell(Self.refused, at: -1) == [.stateChanged(.refreshing), .readStore])
  }

  @Test(arguments: ["access-0", "access-2", "", "access-1 ", "ACCESS-1", "refresh-1"])
  func `a token that is not in use is not refused`(_ token: String) {
    var driver = RestorationMoment.active.driver()
    let before = driver.machine
    #expect(driver.tell(.accessRefused(accessToken: token)) == [])
    #expect(driver.machine == before)
  }

  @Test(arguments: [-1, 100, 899] as [Int64])
  func `without a refresh token a refusal ends in sign-in, whatever the clock`(_ time: Int64) {
    var driver = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 100)
    #expect(driver.tell(Self.refused, at: time) == [.stateChanged(.signedOut(.noRefreshToken))])
    #expect(driver.access == .signIn(.noRefreshToken))
  }

  @Test(arguments: RestorationMoment.allCases)
  func `a refusal in any phase changes only what is in use`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let before = driver
    let pausing = SessionRestoration.State.suspended(retryAt: .receipt(851))
    let expected: [SessionRestoration.Effect] =
      switch moment {
      case .active: [.stateChanged(.refreshing), .readStore]
      case .readingEarly, .awaitingEarly: [.stateChanged(.refreshing)]
      case .pausingEarly: [.stateChanged(pausing)]
      case .idle, .opening, .locked, .reopening, .signedOut, .signingIn, .signingInOver,
        .readingBeforeSend, .awaitingAnswer, .readingBeforeSave, .readingBeforeSignOut, .saving,
        .suspended, .pausingUnsaved, .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn,
        .savingUnsavedSignIn:
        []
      }
    #expect(driver.tell(Self.refused) == expected)
    #expect(driver.access == (expected.isEmpty ? before.access : .wait))
    #expect(driver.tell(Self.refused) == [])
  }

  @Test func `what was under way goes on after a refusal`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.tell(Self.refused)
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 1))
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2))))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `a refused token found in the store under another key stays refused`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.tell(Self.refused)
    let found = StoredSession(
      accessToken: "access-1", expiresIn: .seconds(900), refreshToken: "refresh-9",
      refreshTokenExpiresIn: nil, receivedAt: .receipt(840), idempotencyKey: "another-process-key")
    #expect(driver.tell(.storeRead(.found(found))) == .sending(found, 1))
    #expect(driver.access == .wait)
  }

  @Test func `a server that gives the refused token once more is left alone`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.tell(Self.refused)
    for number in [1, 3] as [UInt64] {
      driver.tell(.answered(.numbered(number), .tokens(.numbered(1))))
      driver.tell(.storeRead(.found(number == 1 ? .numbered(1) : .renewed(1, at: 850))))
      let effects = driver.tell(.saved(.numbered(number + 1)))
      #expect(effects == (number == 1 ? [.readStore] : .suspending(at: 850)))
      driver.tell(.storeRead(.found(.renewed(1, at: 850))))
    }
  }

  @Test func `a refused and unsaved session is saved before it is refreshed`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    #expect(
      driver.tell(.accessRefused(accessToken: "access-2"), at: 1_060) == [
        .stateChanged(.suspended(retryAt: .receipt(1_001)))
      ])
    #expect(driver.tell(.timePassed) == [.stateChanged(.refreshing), .readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .save(.renewed(2, at: 1_000), .numbered(3))
      ])
  }
}
