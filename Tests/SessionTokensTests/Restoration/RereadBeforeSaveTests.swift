// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 2: compare before saving, save, then publish.
@Suite struct RereadBeforeSaveTests {
  @Test func `new tokens are compared, saved, and only then in use`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(.tokens(2), at: 1_003) == [.wake(60), .readStore])
    #expect(driver.access == .wait)
    #expect(
      driver.read(.numbered(1), at: 1_004) == [.wake(60), .save(.renewed(2, at: 1_003))])
    #expect(driver.access == .wait)
    #expect(driver.saved(at: 1_005) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `a valid old access token stays in use until the new one is saved`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.answer(.tokens(2)) == [.readStore])
    #expect(driver.access == .attach(accessToken: "access-1"))
    #expect(driver.read(.numbered(1)) == [.save(.renewed(2, at: 850))])
    #expect(driver.access == .attach(accessToken: "access-1"))
    #expect(driver.saved() == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `an access token that ends before the new one is saved shows as refreshing`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(
      driver.answer(.tokens(2), at: 900) == [.stateChanged(.refreshing), .wake(60), .readStore])
  }

  @Test func `the refresh token is kept if the answer has none, with a new key`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.tokens(2, hasRefreshToken: false))
    let kept = StoredSession.renewed(2, at: 1_000).withRefreshToken("refresh-1", expiresIn: nil)
    #expect(driver.read(.numbered(1)) == [.save(kept)])
    #expect(driver.saved() == [.stateChanged(.active), .accessRenewed])
    #expect(driver.tell(.timePassed, at: 1_840) == [.wake(60), .readStore])
    #expect(driver.read(kept) == [.refresh(kept, before: 1_900)])
  }

  @Test func `the session keeps its name and the moment of its sign-in from blob to blob`() {
    var driver = RestorationDriver.launched(
      .numbered(1, session: 7, signedInAt: -500), at: 1_000)
    driver.answer(.tokens(2))
    #expect(
      driver.read(.numbered(1, session: 7, signedInAt: -500))
        == [.save(.renewed(2, session: 7, signedInAt: -500, at: 1_000))])
  }

  /// Another process of the app has rotated: its tokens, or its key, are adopted whole.
  @Test(
    arguments: [RestorationMoment.readingBeforeSave, .readingUnsaved],
    [
      StoredSession.numbered(3, receivedAt: 990),
      .numbered(3, receivedAt: 990).withRefreshToken("refresh-1", expiresIn: nil),
      .numbered(1, receivedAt: 990), .numbered(2, receivedAt: 1_000),
      .numbered(3, session: 9, receivedAt: 990),
      .numbered(3, hasRefreshToken: false, receivedAt: 990),
    ])
  func `an unknown blob in the store is adopted, and the new tokens are dropped`(
    _ moment: RestorationMoment, _ found: StoredSession
  ) {
    var driver = moment.driver()
    let told = driver.read(found)
    #expect(driver.access == .attach(accessToken: found.blob.accessToken.text))
    #expect(!told.contains { $0.isAwaited })
    #expect(told.contains(.sessionInUse(9)) == (found.blob.name == SessionName(bits: 9)))
    #expect(driver.saved() == [])
    #expect(driver.tell(.timePassed, at: 1_100) == [])
  }

  @Test func `another blob in the store whose access token has ended is adopted and sent`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    let found = StoredSession.numbered(3, receivedAt: 50)
    #expect(driver.read(found) == [.refresh(found, before: 1_060)])
  }

  @Test func `finding the blob to save in the store counts as a successful save`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    #expect(
      driver.read(.renewed(2, at: 1_000)) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.tell(.timePassed, at: 1_001) == [])
  }

  @Test func `a store that is locked before a save counts as a failed save`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    #expect(
      driver.read(.locked) == [.stateChanged(.active), .accessRenewed, .wake(1)])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.save(.renewed(2, at: 1_000))])
  }
}
