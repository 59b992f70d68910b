// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 8: the app learns which session is in use, to drop its cache for another one.
@Suite struct SessionInUseTests {
  @Test func `sessionInUse comes at launch, and not again for the same session`() {
    var driver = RestorationDriver()
    #expect(driver.launch(.found(.numbered(1, session: 7)), at: 1_000).first == .sessionInUse(7))
    driver.answer(.tokens(2))
    #expect(!driver.read(.numbered(1, session: 7)).contains(.sessionInUse(7)))
    #expect(!driver.saved().contains(.sessionInUse(7)))
  }

  @Test func `sessionInUse comes for a session that another process has signed in`() {
    var driver = RestorationMoment.readingEarly.driver()
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 800))
        == [.sessionInUse(9), .accessRenewed])
  }

  @Test func `sessionInUse comes again for a session that returns after another`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.read(.numbered(9, session: 9))
    driver.answer(.unreachable)
    driver.tell(.timePassed, at: 900)
    #expect(driver.read(.numbered(1, receivedAt: 800)).first == .sessionInUse(1))
  }

  @Test func `sessionInUse comes when a sign-in is published, and not before`() {
    var driver = RestorationMoment.signedOut.driver()
    #expect(!driver.signIn(2).contains(.sessionInUse(2)))
    #expect(!driver.read(.empty).contains(.sessionInUse(2)))
    #expect(driver.saved().first == .sessionInUse(2))
  }

  @Test func `sessionInUse doesn't come again after a sign-out by an odd reading`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.read(.empty)
    driver.tell(.timePassed, at: 852)
    driver.read(.empty)
    driver.tell(.timePassed, at: 853)
    #expect(
      driver.read(.numbered(1)) == [
        .stateChanged(.active), .wake(60), .refresh(.numbered(1), before: 913),
      ])
  }

  @Test func `a session's name has 64 bits in eleven digits, in the store too`() throws {
    let session = StoredSession.numbered(1, session: 0xfedc_ba98_7654_3210)
    var driver = RestorationDriver()
    #expect(
      driver.launch(StoredSession.Reading(bytes: session.bytes), at: 0).first
        == .sessionInUse("_ty6mHZUMhA"))
  }
}
