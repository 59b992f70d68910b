// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 4: a sign-in reads the store first, saves over its content, and revokes the replaced
/// session.
@Suite struct SignInTests {
  /// The session that a sign-in revokes at once in each moment: the one in use, unless it may be a
  /// copy of another phone's.
  private static func revoked(_ moment: RestorationMoment) -> String? {
    switch moment {
    case .active, .readingEarly, .awaitingEarly, .pausingEarly, .doubting: "refresh-1"
    case .readingSignIn, .savingSignIn, .readingSignInOver, .savingSignInOver,
      .readingBeforeSave, .saving, .pausingUnsaved, .readingUnsaved, .savingUnsaved,
      .awaitingInMemory, .pausingUnsavedSignIn, .readingUnsavedSignIn, .savingUnsavedSignIn:
      "refresh-2"
    case .idle, .opening, .doubtingAtLaunch, .locked, .reopening, .signedOut, .looking,
      .readingBeforeErase, .erasing, .pausingErase, .marking, .pausingMark, .readingBeforeSend,
      .awaitingAnswer, .readingBeforeRefusal, .suspended, .lockedLater:
      nil
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment the store is read, the tokens are saved, and then they are in use`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let before = driver
    let told = driver.signIn(7)
    #expect(told.last == .readStore)
    #expect(told.compactMap(\.revoked) == [Self.revoked(moment)].compactMap { $0 })
    #expect(driver.state == before.state)
    #expect(driver.access == .wait)
    #expect(driver.read(.empty).last == .save(.signedIn(7, at: driver.time)))
    #expect(driver.state == before.state)
    #expect(driver.access == .wait)
    let changes: [Told] = before.state == .active ? [] : [.stateChanged(.active)]
    #expect(driver.saved() == [.sessionInUse(7)] + changes + [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-7"))
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [])
    #expect(driver.machine.memory.suspension == nil)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment a failed save publishes and is tried again after a reading`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let changes: [Told] = driver.state == .active ? [] : [.stateChanged(.active)]
    driver.signIn(7)
    driver.read(.empty)
    #expect(driver.saveFailed() == [.sessionInUse(7)] + changes + [.accessRenewed, .wake(1)])
    #expect(driver.access == .attach(accessToken: "access-7"))
    let session = StoredSession.signedIn(7, at: driver.time)
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [.wake(60), .readStore])
    #expect(driver.read(.empty) == [.save(session)])
    #expect(driver.saved() == [])
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [])
  }

  @Test(arguments: RestorationMoment.allCases)
  func `at any moment a locked store counts as a failed save`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    driver.signIn(7)
    let told = driver.read(.locked)
    #expect(told.contains(.sessionInUse(7)))
    #expect(driver.access == .attach(accessToken: "access-7"))
    let session = StoredSession.signedIn(7, at: driver.time)
    #expect(driver.tell(.timePassed).last == .readStore)
    // The first reading that counts: it shows the session that the sign-in replaces.
    #expect(driver.read(.numbered(5, session: 5)).last == .save(session))
  }

  @Test(arguments: RestorationMoment.allCases)
  func `an answer that was awaited before the sign-in is ignored`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let old = driver.ticket
    driver.signIn(7)
    let before = driver.machine
    #expect(driver.tell(.storeRead(old, .found(.numbered(1)))) == [])
    #expect(driver.tell(.storeRead(old, .empty)) == [])
    #expect(driver.tell(.saved(old)) == [])
    #expect(driver.tell(.saveFailed(old)) == [])
    #expect(driver.tell(.erased(old)) == [])
    #expect(driver.tell(.eraseFailed(old)) == [])
    #expect(driver.machine == before)
  }

  @Test(arguments: RestorationMoment.awaiting)
  func `a request under way is kept, and newer tokens that it brings are only revoked`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let old = driver.ticket
    driver.signIn(7)
    #expect(
      driver.tell(.answered(old, .tokens(8))) == [.sendRevocation("refresh-8")])
    #expect(driver.tell(.answered(old, .tokens(8))) == [])
    driver.read(.numbered(1))
    driver.saved()
    #expect(driver.access == .attach(accessToken: "access-7"))
  }

  @Test func `a second sign-in replaces the first, which was never saved`() {
    var driver = RestorationMoment.readingSignIn.driver()
    #expect(driver.signIn(3) == [.sendRevocation("refresh-2"), .readStore])
    #expect(driver.read(.empty) == [.save(.signedIn(3, at: 1_000))])
    #expect(
      driver.saved() == [.sessionInUse(3), .stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-3"))
  }

  @Test func `a second sign-in saves over the first, even if its save was reported as failed`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.signIn(3)
    #expect(driver.read(.signedIn(2, at: 1_000)) == [.save(.signedIn(3, at: 1_000))])
    driver.saveFailed()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(.signedIn(2, at: 1_000)) == [.save(.signedIn(3, at: 1_000))])
  }

  @Test func `a sign-in with the token that was in use is reported as a new session`() {
    var driver = RestorationMoment.active.driver()
    driver.source = ConstantSource(word: 9)
    driver.tell(.signedIn(.numbered(1)))
    driver.read(.numbered(1))
    #expect(driver.saved() == [.sessionInUse(9), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `a sign-in that is saved after its access token has ended is refreshed`() {
    var driver = RestorationMoment.savingSignIn.driver()
    let saved = StoredSession.signedIn(2, at: 1_000)
    #expect(
      driver.saved(at: 1_900)
        == [.sessionInUse(2), .stateChanged(.refreshing), .wake(60), .readStore])
    #expect(driver.read(saved) == [.refresh(saved, before: 1_960)])
  }

  /// The first reading, and the refresh token that is revoked for it.
  @Test(arguments: [
    (StoredSession.numbered(5, session: 5, receivedAt: 101), "refresh-5" as String?),
    // Its access token has ended: it may be a copy of another phone's session, in use there.
    (.numbered(5, session: 5, receivedAt: 100), nil),
    // The clock was set back, so its access token may have ended.
    (.numbered(5, session: 5, receivedAt: 1_001), nil),
    (.numbered(5, session: 5, receivedAt: 101, spentBy: .superseded), nil),
    (.numbered(5, session: 5, hasRefreshToken: false, receivedAt: 101), nil),
  ])
  func `a session found in the store by a sign-in is revoked, unless it may be another phone's`(
    _ found: StoredSession, _ revoked: String?
  ) {
    var driver = RestorationMoment.readingSignIn.driver()
    #expect(
      driver.read(found)
        == [revoked.map { .sendRevocation($0) }, .save(.signedIn(2, at: 1_000))]
        .compactMap { $0 })
  }

  /// It may be a copy of another phone's session, which a revocation would end there.
  @Test(arguments: [Refusal.Code.superseded, .invalidGrant, .revoked])
  func `a session whose refresh token was refused here is not revoked by a sign-in`(
    _ code: Refusal.Code
  ) {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.answer(.refused(code))
    var marked = driver
    #expect(driver.signIn(7).compactMap(\.revoked) == [])
    #expect(driver.read(.numbered(1)).compactMap(\.revoked) == [])

    marked.read(.numbered(1))
    if code == .revoked { marked.eraseFailed() } else { marked.saveFailed() }
    #expect(marked.signIn(7).compactMap(\.revoked) == [])
    #expect(marked.read(.numbered(1)).compactMap(\.revoked) == [])
  }

  @Test func `a session whose refresh token was accepted here is revoked even if it has ended`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    driver.saved()
    #expect(driver.signIn(7, at: 5_000).compactMap(\.revoked) == ["refresh-2"])
  }

  /// The reading of a retry, after session 5 was there at first and a save has failed.
  @Test(
    arguments: [
      .empty, .corrupt, .found(.numbered(5, session: 5)), .found(.numbered(6, session: 5)),
      .found(.numbered(6, session: 5, spentBy: .superseded)),
      .found(.numbered(9, session: 9, spentBy: .expired)),
    ] as [StoredSession.Reading])
  func `a retry saves over the replaced session, a spent or corrupt blob, or nothing`(
    _ reading: StoredSession.Reading
  ) {
    var driver = RestorationMoment.readingSignIn.driver()
    driver.read(.numbered(5, session: 5))
    driver.saveFailed()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(reading) == [.save(.signedIn(2, at: 1_000))])
  }

  @Test func `a retry saves over the session in use, even if the first reading was empty`() {
    var driver = RestorationMoment.readingSignInOver.driver()
    driver.read(.empty)
    driver.saveFailed()
    driver.tell(.timePassed, at: 101)
    #expect(driver.read(.numbered(1)) == [.save(.signedIn(2, at: 100))])
  }

  @Test func `a session that ended twice is remembered once`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    driver.read(.numbered(1))
    driver.eraseFailed()
    driver.signIn(2)
    driver.read(.numbered(1))
    driver.tell(.signedOutByUser)
    #expect(driver.machine.memory.ended.sessions == [SessionName(bits: 1), SessionName(bits: 2)])
  }

  @Test func `a retry saves over a session that ended here before`() {
    var driver = RestorationMoment.readingBeforeErase.driver()
    driver.read(.numbered(1))
    driver.erased()
    driver.signIn(2)
    driver.read(.empty)
    driver.saveFailed()
    driver.tell(.timePassed, at: 101)
    #expect(driver.read(.numbered(1)) == [.save(.signedIn(2, at: 100))])
  }

  @Test func `a retry adopts another blob of its own session`() {
    var driver = RestorationMoment.readingUnsavedSignIn.driver()
    let rotated = StoredSession.numbered(
      4, session: 2, signedInAt: 1_000, receivedAt: 1_000)
    #expect(driver.read(rotated) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-4"))
    #expect(driver.tell(.timePassed, at: 1_010) == [])
  }

  @Test func `a retry adopts another session, and revokes the sign-in's own token`() {
    var driver = RestorationMoment.readingUnsavedSignIn.driver()
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 1_000))
        == [.sessionInUse(9), .accessRenewed, .sendRevocation("refresh-2")])
    #expect(driver.access == .attach(accessToken: "access-9"))
  }

  /// A sign-in at 1,000 whose first reading finds session 5, at 2,000.
  @Test(arguments: [(999, false), (1_000, false), (1_001, true), (2_000, true), (2_001, false)])
  func `a sign-in that was never compared yields to a later one of another process`(
    _ signedInAt: Int64, _ yields: Bool
  ) throws {
    var driver = RestorationMoment.signedOut.driver(configuration: try .sharingStore())
    driver.signIn(7, lifetime: 7_200, at: 1_000)
    driver.read(.locked)
    driver.tell(.timePassed, at: 2_000)
    let told = driver.read(.signedIn(5, at: signedInAt, lifetime: 7_200))
    if yields {
      #expect(told == [.sessionInUse(5), .accessRenewed, .sendRevocation("refresh-7")])
      #expect(driver.state == .active)
    } else {
      #expect(told.last == .save(.signedIn(7, at: 1_000, lifetime: 7_200)))
    }
  }

  @Test func `a sign-in saves over any content of a store that isn't shared`() {
    var driver = RestorationMoment.signedOut.driver()
    driver.signIn(7, lifetime: 7_200, at: 1_000)
    driver.read(.locked)
    // The clock was slow when the user signed in.
    driver.tell(.timePassed, at: 2_000)
    #expect(
      driver.read(.signedIn(5, at: 1_500, lifetime: 7_200))
        == [.sendRevocation("refresh-5"), .save(.signedIn(7, at: 1_000, lifetime: 7_200))])
  }

  /// The clock is set back after the sign-out and before the sign-in.
  @Test func `a sign-in doesn't yield to a session that was signed out before it was read`() throws
  {
    var driver = RestorationDriver(configuration: try .sharingStore())
    driver.launch(.locked, at: 1_000)
    driver.tell(.signedOutByUser, at: 1_000)
    driver.signIn(7, lifetime: 7_200, at: 100)
    driver.read(.locked)
    driver.tell(.timePassed, at: 600)
    #expect(
      driver.read(.signedIn(5, at: 500, lifetime: 7_200))
        == [.sendRevocation("refresh-5"), .save(.signedIn(7, at: 100, lifetime: 7_200))])
  }

  /// The blob is read before it could be marked as spent; then the clock is set back.
  @Test func `a sign-in doesn't yield to a session whose token was refused here`() throws {
    var driver = RestorationDriver(configuration: try .sharingStore())
    driver.launch(.found(.signedIn(5, at: 500)), at: 2_000)
    driver.answer(.refused(.superseded))
    driver.read(.signedIn(5, at: 500))
    driver.saveFailed()
    driver.signIn(7, lifetime: 7_200, at: 100)
    driver.read(.locked)
    driver.tell(.timePassed, at: 600)
    #expect(
      driver.read(.signedIn(5, at: 500)).last
        == .save(.signedIn(7, at: 100, lifetime: 7_200)))
  }

  @Test(arguments: [RestorationMoment.active, .signedOut])
  func `a sign-in that yields before it is in use reports the other session`(
    _ moment: RestorationMoment
  ) throws {
    var driver = moment.driver(configuration: try .sharingStore())
    let changes: [Told] = driver.state == .active ? [] : [.stateChanged(.active)]
    driver.signIn(7)
    let later = driver.time + 10
    #expect(
      driver.read(.signedIn(5, at: later), at: later)
        == [.sessionInUse(5)] + changes + [.accessRenewed, .sendRevocation("refresh-7")])
    #expect(driver.access == .attach(accessToken: "access-5"))
  }

  @Test func `a sign-in that was never compared saves over a later one that is spent`() throws {
    var driver = RestorationMoment.signedOut.driver(configuration: try .sharingStore())
    driver.signIn(7, lifetime: 7_200, at: 1_000)
    driver.read(.locked)
    driver.tell(.timePassed, at: 2_000)
    let spent = StoredSession(
      blob: StoredSession.signedIn(5, at: 1_500).blob.spent(by: .superseded))
    #expect(driver.read(.found(spent)).last == .save(.signedIn(7, at: 1_000, lifetime: 7_200)))
  }

  @Test func `a saved sign-in treats the sessions it replaced like any others`() {
    var driver = RestorationMoment.savingSignInOver.driver()
    driver.saved()
    driver.tell(.timePassed, at: 950)
    #expect(
      driver.read(.numbered(5, receivedAt: 940)) == [.sessionInUse(1), .accessRenewed])
  }

  @Test func `a sign-out before the save ends the sign-in and the session it replaced`() {
    for moment in [RestorationMoment.readingSignInOver, .savingSignInOver] {
      var driver = moment.driver()
      #expect(
        driver.tell(.signedOutByUser, at: 101)
          == [.signedOut(.signedOutByUser), .wake(60), .sendRevocation("refresh-2"), .readStore])
      #expect(driver.read(.numbered(1)).last == .erase)
      driver.erased()
      driver.tell(.timePassed, at: 102)
      #expect(driver.read(.signedIn(2, at: 100)).last == .erase)
    }
  }

  @Test func `a sign-out before the sign-in's first reading also ends the session in the store`() {
    var driver = RestorationMoment.opening.driver()
    driver.signIn(2)
    #expect(
      driver.tell(.signedOutByUser).compactMap(\.revoked) == ["refresh-2"])
    #expect(driver.read(.numbered(1)) == [.sendRevocation("refresh-1"), .erase])
    #expect(driver.erased() == [])
  }

  @Test func `a sign-in over an unsaved one also saves over the session that the first replaced`() {
    var driver = RestorationMoment.readingSignInOver.driver()
    driver.signIn(3)
    driver.read(.empty)
    driver.saveFailed()
    driver.tell(.timePassed, at: driver.time + 1)
    #expect(driver.read(.numbered(1)).last?.isSave == true)
  }

  @Test(arguments: [(899, ["refresh-1"]), (900, [])] as [(Int64, [String])])
  func `a replaced session that no server confirmed is revoked while its access token is valid`(
    _ time: Int64, _ revoked: [String]
  ) {
    var driver = RestorationMoment.active.driver()
    #expect(driver.signIn(2, at: time).compactMap(\.revoked) == revoked)
  }

  // MARK: A server that gives the same refresh token again

  @Test func `a sign-in with the refresh token in use does not revoke it`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.tell(.signedIn(.numbered(1))).compactMap(\.revoked) == [])
    #expect(driver.read(.numbered(1)).compactMap(\.revoked) == [])
  }

  @Test func `a sign-in with the refresh token of the store does not revoke it`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedIn(.numbered(1)))
    let told = driver.read(.numbered(1, session: 7, signedInAt: -10))
    #expect(told.compactMap(\.revoked) == [])
    #expect(told.last?.isAwaited == true)
  }

  @Test func `a sign-in that another session replaces does not revoke a token of both`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.tell(.timePassed, at: driver.time + 150)
    let told = driver.read(.numbered(2, session: 9, receivedAt: driver.time))
    #expect(told.contains(.sessionInUse(9)))
    #expect(told.compactMap(\.revoked) == [])
  }

  @Test func `each sign-out revokes the token, even if it was revoked before`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.tell(.signedOutByUser).compactMap(\.revoked) == ["refresh-1"])
    driver.read(.numbered(1))
    driver.erased()
    driver.tell(.signedIn(.numbered(1)))
    driver.read(.empty)
    driver.saved()
    #expect(driver.tell(.signedOutByUser).compactMap(\.revoked) == ["refresh-1"])
  }

  @Test func `a late answer with the refresh token of the next sign-in does not revoke it`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let ticket = driver.ticket
    driver.tell(.signedOutByUser)
    driver.tell(.signedIn(.numbered(2)))
    #expect(driver.tell(.answered(ticket, .tokens(2))) == [])
  }
}
