// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 6: a sign-out ends one session, is shown at once, and is complete.
@Suite struct SignOutTests {
  private static let reason = Told.signedOut(.signedOutByUser)

  /// The newest refresh token at each moment at which the machine knows one.
  private static func newest(_ moment: RestorationMoment) -> String? {
    switch moment {
    case .idle, .opening, .doubtingAtLaunch, .locked, .reopening, .signedOut, .looking,
      .readingBeforeErase, .erasing, .pausingErase, .marking, .pausingMark:
      nil
    case .active, .readingEarly, .awaitingEarly, .pausingEarly, .doubting, .readingBeforeSend,
      .awaitingAnswer, .readingBeforeRefusal, .suspended, .lockedLater:
      "refresh-1"
    case .readingSignIn, .savingSignIn, .readingSignInOver, .savingSignInOver, .readingBeforeSave,
      .saving, .pausingUnsaved, .readingUnsaved, .savingUnsaved, .awaitingInMemory,
      .pausingUnsavedSignIn, .readingUnsavedSignIn, .savingUnsavedSignIn:
      "refresh-2"
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment a sign-out is shown, the newest token is revoked, and the store is read`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let isShown = driver.state == .signedOut(.signedOutByUser)
    let told = driver.tell(.signedOutByUser)
    #expect(
      told.filter { $0.wake == nil }
        == (isShown ? [] : [Self.reason])
        + [Self.newest(moment)].compactMap { $0.map { .sendRevocation($0) } } + [.readStore])
    #expect(driver.state == .signedOut(.signedOutByUser))
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment an empty store completes a sign-out`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser)
    #expect(driver.read(.empty) == [])
    #expect(driver.state == .signedOut(.signedOutByUser))
    #expect(driver.machine.memory.awaited == nil)
    #expect(driver.machine.memory.pause == nil)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment the session in the store is erased, and erased again until it is done`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser)
    let session = driver.machine.memory.ended.sessions.last ?? SessionName(bits: 1)
    let isTwo = session == SessionName(bits: 2)
    let stored = isTwo ? StoredSession.signedIn(2, at: -1) : .numbered(1, signedInAt: -1)
    #expect(driver.read(stored).last == .erase)
    #expect(driver.eraseFailed() == [.wake(1)])
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.wake(60), .readStore])
    #expect(driver.read(stored) == [.erase])
    #expect(driver.erased() == [])
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.readStore])
  }

  @Test func `without a refresh token there is nothing to revoke`() {
    var driver = RestorationDriver.launched(.numbered(1, hasRefreshToken: false), at: 0)
    #expect(driver.tell(.signedOutByUser) == [Self.reason, .wake(60), .readStore])
  }

  @Test func `a token is sent to be revoked once`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    #expect(driver.read(.numbered(1)) == [.erase])
    #expect(driver.tell(.signedOutByUser) == [.readStore])
    #expect(driver.read(.numbered(1)) == [.erase])
  }

  @Test func `another session in the store is adopted`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    #expect(
      driver.read(.numbered(2, session: 2)) == [.sessionInUse(2), .stateChanged(.active)])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `a newer blob of the session that ended is erased too, and its token revoked`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    #expect(driver.read(.numbered(2)) == [.sendRevocation("refresh-2"), .erase])
  }

  @Test func `an erase that was done but reported as failed doesn't affect the next session`() {
    var driver = RestorationMoment.pausingErase.driver()
    driver.tell(.timePassed, at: 101)
    #expect(
      driver.read(.numbered(2, session: 2)) == [.sessionInUse(2), .stateChanged(.active)])
  }

  @Test func `an erase that was done but reported as failed is complete`() {
    var driver = RestorationMoment.pausingErase.driver()
    driver.tell(.timePassed, at: 101)
    #expect(driver.read(.empty) == [])
    #expect(driver.tell(.timePassed, at: 102) == [.readStore])
  }

  @Test func `an erase that was reported as done but wasn't is done at the next reading`() {
    var driver = RestorationMoment.erasing.driver()
    driver.erased()
    driver.tell(.timePassed, at: 101)
    #expect(driver.read(.numbered(1)) == [.wake(60), .erase])
    #expect(driver.eraseFailed() == [.wake(1)])
  }

  @Test func `erase retries pause longer each time`() {
    var driver = RestorationMoment.erasing.driver()
    var pauses: [Int64] = []
    for _ in 1...10 {
      pauses += driver.eraseFailed().compactMap(\.wake)
      driver.tell(.timePassed, at: driver.time + (pauses.last ?? 0))
      driver.read(.numbered(1))
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 150, 150])
  }

  @Test func `an erase waits while the store is locked`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    #expect(driver.read(.locked) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 100) == [.wake(1), .readStore])
    #expect(driver.read(.numbered(1)) == [.wake(60), .erase])
  }

  @Test func `a blob that stays corrupt is erased`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    #expect(driver.read(.corrupt) == [.wake(2)])
    driver.tell(.timePassed, at: 102)
    #expect(driver.read(.corrupt) == [.erase])
    #expect(driver.erased() == [])
  }

  @Test func `a blob that is corrupt once isn't erased`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    driver.read(.corrupt)
    driver.tell(.timePassed, at: 102)
    #expect(
      driver.read(.numbered(2, session: 2)) == [.sessionInUse(2), .stateChanged(.active)])
  }

  // MARK: Before the store was read

  /// The moments at which no session is known that the store may hold.
  static let unread: [RestorationMoment] = [
    .idle, .opening, .doubtingAtLaunch, .locked, .reopening, .signedOut, .looking,
  ]

  @Test(arguments: unread)
  func `with no session known a sign-out ends the first one found whose sign-in was earlier`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser, at: 1_001)
    #expect(
      driver.read(.numbered(1, signedInAt: 1_000)) == [.sendRevocation("refresh-1"), .erase])
    #expect(driver.erased() == [])
    // The second one is another user's.
    driver.tell(.timePassed, at: 1_002)
    #expect(
      driver.read(.numbered(2, session: 2, signedInAt: 0, receivedAt: 1_000)).first
        == .sessionInUse(2))
  }

  @Test(arguments: unread)
  func `with no session known a sign-out does not end one whose sign-in was not earlier`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser, at: 1_001)
    #expect(
      driver.read(.numbered(1, signedInAt: 1_001, receivedAt: 1_001))
        == [.sessionInUse(1), .stateChanged(.active)])
  }

  @Test(arguments: [StoredSession.Reading.empty, .corrupt])
  func `a store that is empty or corrupt does not complete a sign-out before it was read`(
    _ reading: StoredSession.Reading
  ) {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser)
    driver.read(reading)
    driver.tell(.timePassed, at: 1_002)
    driver.read(reading)
    driver.erased()
    driver.tell(.timePassed, at: 1_010)
    #expect(
      driver.read(.numbered(1)) == [.wake(60), .sendRevocation("refresh-1"), .erase])
  }

  @Test func `a sign-out before the store was read is over once another session is in use`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser)
    driver.read(.empty)
    driver.signIn(2, at: 1_001)
    driver.read(.empty)
    driver.saved()
    driver.tell(.timePassed, at: 1_841)
    #expect(driver.read(.numbered(1, receivedAt: 1_800)) == [.sessionInUse(1), .accessRenewed])
  }

  @Test
  func `a sign-out before the store was read is over once another process's session is in use`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser)
    driver.read(.numbered(3, session: 3, signedInAt: 1_000, receivedAt: 1_000))
    #expect(driver.state == .active)
    // That session is gone from the store, and one that was signed in before is there.
    driver.tell(.timePassed, at: 1_840)
    for time in [1_842, 1_843] as [Int64] {
      driver.read(.empty)
      driver.tell(.timePassed, at: time)
    }
    #expect(
      driver.read(.numbered(1, receivedAt: 1_800)) == [.sessionInUse(1), .stateChanged(.active)])
  }

  @Test func `a sign-in before the first reading saves over the session that it ends`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser)
    driver.signIn(2, at: 1_001)
    #expect(
      driver.read(.numbered(1))
        == [.sendRevocation("refresh-1"), .save(.signedIn(2, at: 1_001))])
  }

  @Test func `with no session known a sign-out ends one whose sign-in is ahead of the clock`() {
    var driver = RestorationMoment.locked.driver()
    driver.tell(.signedOutByUser, at: -3_600)
    #expect(
      driver.read(.numbered(1, signedInAt: 0)).filter { $0.wake == nil }
        == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `a second sign-out with the clock set back doesn't undo the first`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser, at: 1_500)
    driver.tell(.signedOutByUser, at: -100)
    #expect(
      driver.read(.numbered(1, signedInAt: 1_000), at: 2_000).filter { $0.wake == nil }
        == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `a second sign-out ends no session of another process whose clock is behind`() {
    var driver = RestorationMoment.active.driver()
    driver.tell(.signedOutByUser, at: 1_000)
    driver.tell(.signedOutByUser, at: 1_000)
    driver.read(.numbered(1))
    driver.erased()
    driver.tell(.timePassed, at: 500)
    driver.tell(.timePassed, at: 501)
    #expect(
      driver.read(.numbered(2, session: 2, signedInAt: 400, receivedAt: 400))
        == [.sessionInUse(2), .stateChanged(.active)])
  }

  // MARK: A request under way

  @Test(arguments: RestorationMoment.awaiting)
  func `newer tokens of a request under way are only revoked`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let (old, time) = (driver.ticket, driver.time)
    driver.tell(.signedOutByUser)
    #expect(
      driver.tell(.answered(old, .tokens(8)), at: time + 59) == [.sendRevocation("refresh-8")])
    #expect(driver.state == .signedOut(.signedOutByUser))
    #expect(driver.tell(.answered(old, .tokens(9))) == [])
  }

  @Test(arguments: [
    RefreshAnswer.unreachable, .unavailable, .refused(.revoked), .tokens(8, hasRefreshToken: false),
  ])
  func `any other answer to an abandoned request changes nothing`(_ answer: RefreshAnswer) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let old = driver.ticket
    driver.tell(.signedOutByUser)
    #expect(driver.tell(.answered(old, answer)) == [])
    #expect(driver.machine.memory.abandoned == [])
  }

  @Test func `an abandoned request is kept until its deadline, even across a sign-in`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let old = driver.ticket
    driver.tell(.signedOutByUser)
    driver.signIn(2)
    let before = driver
    #expect(driver.tell(.answered(old, .tokens(8)), at: 1_060) == [])
    driver = before
    #expect(
      driver.tell(.answered(old, .tokens(8)), at: 1_059).contains(.sendRevocation("refresh-8")))
  }

  @Test func `a clock set back restarts the deadline of an abandoned request`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let old = driver.ticket
    driver.tell(.signedOutByUser)
    driver.tell(.timePassed, at: 500)
    var other = driver
    #expect(
      driver.tell(.answered(old, .tokens(8)), at: 559).contains(.sendRevocation("refresh-8")))
    #expect(other.tell(.answered(old, .tokens(8)), at: 560) == [])
  }

  @Test func `an abandoned request is forgotten after its deadline`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.signedOutByUser)
    driver.read(.empty)
    driver.tell(.timePassed, at: 1_059)
    #expect(driver.machine.memory.abandoned.count == 1)
    driver.tell(.timePassed, at: 1_060)
    #expect(driver.machine.memory.abandoned == [])
  }

  // MARK: Late answers

  @Test(arguments: RestorationMoment.allCases)
  func `no late answer signs the user back in`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let old = driver.ticket
    driver.tell(.signedOutByUser)
    let before = driver.machine
    var late: [SessionRestoration.Event] = [
      .storeRead(old, .found(.numbered(1))), .storeRead(old, .locked), .storeRead(old, .corrupt),
      .saved(old), .saveFailed(old), .erased(old), .eraseFailed(old),
      .accessRefused(accessToken: "access-1"),
    ]
    if !RestorationMoment.awaiting.contains(moment) {
      late += [.answered(old, .tokens(2)), .answered(old, .refused(.revoked))]
    }
    for event in late { #expect(driver.tell(event) == [], "\(event)") }
    #expect(driver.machine == before)
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test func `the end of a save after the sign-out doesn't count for a later save`() {
    var driver = RestorationMoment.savingSignIn.driver()
    let old = driver.ticket
    driver.tell(.signedOutByUser)
    driver.signIn(3)
    driver.read(.empty)
    #expect(driver.tell(.saved(old)) == [])
    #expect(driver.tell(.saveFailed(old)) == [])
    #expect(driver.access == .wait)
    #expect(driver.saved() == [.sessionInUse(3), .stateChanged(.active), .accessRenewed])
  }
}
