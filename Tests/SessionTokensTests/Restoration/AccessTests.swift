import Testing

@testable import SessionTokens

/// What a request that is about to be sent should do.
@Suite struct AccessTests {
  private static func expected(_ moment: RestorationMoment) -> SessionRestoration.Access {
    switch moment {
    case .idle, .opening, .locked, .reopening, .signingIn, .signingInOver, .readingBeforeSend,
      .awaitingAnswer, .readingBeforeSave, .readingBeforeSignOut, .saving, .suspended:
      .wait
    case .signedOut:
      .signIn(.neverSignedIn)
    case .active, .readingEarly, .awaitingEarly, .pausingEarly:
      .attach(accessToken: "access-1")
    case .pausingUnsaved, .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn,
      .savingUnsavedSignIn:
      .attach(accessToken: "access-2")
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `in each phase a request attaches the token in use, waits, or fails`(
    _ moment: RestorationMoment
  ) {
    #expect(moment.driver().access == Self.expected(moment))
  }

  @Test(arguments: [(-1, false), (0, true), (899, true), (900, false), (1_000_000, false)])
  func `a token is attached from receipt until its end`(_ time: Int64, _ isAttached: Bool) {
    let machine = RestorationDriver.launched(at: 100).machine
    let expected: SessionRestoration.Access =
      isAttached ? .attach(accessToken: "access-1") : .wait
    #expect(machine.access(at: .receipt(time)) == expected)
  }

  @Test(arguments: [(-1, true), (0, true), (899, true), (900, false)])
  func `without a refresh token it is attached also before receipt, and then fails`(
    _ time: Int64, _ isAttached: Bool
  ) {
    let machine = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 100).machine
    let expected: SessionRestoration.Access =
      isAttached ? .attach(accessToken: "access-1") : .signIn(.noRefreshToken)
    #expect(machine.access(at: .receipt(time)) == expected)
  }

  @Test func `a session without a refresh token ends when time passes its end`() {
    var driver = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 100)
    #expect(driver.tell(.timePassed, at: 899) == [])
    #expect(driver.tell(.timePassed, at: 900) == [.stateChanged(.signedOut(.noRefreshToken))])
    #expect(driver.tell(.timePassed, at: 100) == [])
  }

  @Test func `a question changes nothing and needs no event`() {
    let driver = RestorationMoment.active.driver()
    let before = driver.machine
    for time in [-1, 100, 900] as [Int64] { _ = driver.machine.access(at: .receipt(time)) }
    #expect(driver.machine == before)
  }

  @Test(arguments: [RestorationMoment.idle, .signedOut])
  func `time that passes where there is no session changes nothing`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let before = driver.machine
    #expect(driver.tell(.timePassed, at: 100_000) == [])
    #expect(driver.machine == before)
  }
}
