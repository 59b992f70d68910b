// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The access for a request that is about to be sent.
@Suite struct AccessTests {
  private static func expected(_ moment: RestorationMoment) -> SessionRestoration.Access {
    switch moment {
    case .idle, .opening, .doubtingAtLaunch, .locked, .reopening, .readingSignIn, .savingSignIn,
      .readingSignInOver, .savingSignInOver, .readingBeforeSend, .awaitingAnswer,
      .readingBeforeSave, .readingBeforeRefusal, .saving, .suspended, .lockedLater,
      .awaitingInMemory:
      .wait
    case .signedOut, .looking:
      .signIn(.neverSignedIn)
    case .readingBeforeErase, .erasing, .pausingErase:
      .signIn(.signedOutByUser)
    case .marking, .pausingMark:
      .signIn(.refused(.superseded))
    case .active, .readingEarly, .awaitingEarly, .pausingEarly, .doubting:
      .attach(accessToken: "access-1")
    case .pausingUnsaved, .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn,
      .readingUnsavedSignIn, .savingUnsavedSignIn:
      .attach(accessToken: "access-2")
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at each moment a request attaches the token in use, waits, or fails`(
    _ moment: RestorationMoment
  ) {
    let driver = moment.driver()
    #expect(driver.access == Self.expected(moment))
    let isAttached = if case .attach = driver.access { true } else { false }
    if driver.machine.memory.session?.inUse != nil {
      #expect(isAttached == (driver.state == .active))
    }
  }

  @Test(arguments: [(-1, false), (0, true), (899, true), (900, false), (1_000_000, false)])
  func `a token is attached from receipt until its end`(_ time: Int64, _ isAttached: Bool) {
    let machine = RestorationDriver.launched(at: 100).machine
    let expected: SessionRestoration.Access =
      isAttached ? .attach(accessToken: "access-1") : .wait
    #expect(machine.access(at: .receipt(time)) == expected)
  }

  @Test(arguments: [(-1, true), (0, true), (899, true), (900, false)])
  func `without a refresh token a token is attached before receipt too, and then fails`(
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
    #expect(driver.tell(.timePassed, at: 900) == [.signedOut(.noRefreshToken)])
  }

  @Test func `a call of access changes nothing and needs no event`() {
    let driver = RestorationMoment.active.driver()
    let before = driver.machine
    for time in [-1, 100, 900] as [Int64] { _ = driver.machine.access(at: .receipt(time)) }
    #expect(driver.machine == before)
  }
}
