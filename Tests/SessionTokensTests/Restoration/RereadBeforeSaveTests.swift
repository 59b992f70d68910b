import Testing

@testable import SessionTokens

/// Compare before save, save, then publish.
@Suite struct RereadBeforeSaveTests {
  @Test func `new tokens are compared, saved, and only then in use`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(
      driver.tell(.answered(.numbered(1), .tokens(.numbered(2))), at: 1_003) == [.readStore])
    #expect(driver.access == .wait)
    #expect(
      driver.tell(.storeRead(.found(.numbered(1))), at: 1_004) == [
        .save(.renewed(2, at: 1_003), .numbered(2))
      ])
    #expect(driver.access == .wait)
    #expect(
      driver.tell(.saved(.numbered(2)), at: 1_005) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `while the old access token lives it stays in use until the new one is saved`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.tell(.answered(.numbered(1), .tokens(.numbered(2)))) == [.readStore])
    #expect(driver.access == .attach(accessToken: "access-1"))
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .save(.renewed(2, at: 850), .numbered(2))
      ])
    #expect(driver.access == .attach(accessToken: "access-1"))
    #expect(driver.tell(.saved(.numbered(2))) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `an access token that ends before the new one is saved shows as refreshing`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(
      driver.tell(.answered(.numbered(1), .tokens(.numbered(2))), at: 900) == [
        .stateChanged(.refreshing), .readStore,
      ])
  }

  @Test func `the refresh token goes on where the answer has none, with a new key`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2, hasRefreshToken: false))))
    let kept = StoredSession.renewed(
      2, at: 1_000, refreshToken: "refresh-1", hasRefreshToken: false)
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [.save(kept, .numbered(2))])
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.tell(.timePassed, at: 1_840) == [.readStore])
    #expect(driver.tell(.storeRead(.found(kept))) == .sending(kept, 3))
  }

  @Test(arguments: [RestorationMoment.readingBeforeSave, .readingUnsaved])
  func `a session of the same refresh token in the store is saved over`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let found = StoredSession(
      accessToken: "access-9", expiresIn: .seconds(900), refreshToken: "refresh-1",
      refreshTokenExpiresIn: nil, receivedAt: .receipt(995), idempotencyKey: "another-process-key")
    let saved = StoredSession.renewed(2, at: 1_000)
    let ticket: UInt64 = moment == .readingBeforeSave ? 2 : 3
    #expect(driver.tell(.storeRead(.found(found))) == [.save(saved, .numbered(ticket))])
  }

  @Test func `another token in the store is adopted, and what came is dropped`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    #expect(
      driver.tell(.storeRead(.found(.numbered(3, receivedAt: 990))))
        == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-3"))
    #expect(driver.tell(.saved(.numbered(2))) == [])
  }

  @Test func `another token in the store that has ended is adopted and sent`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    let found = StoredSession.numbered(3, receivedAt: 50)
    #expect(driver.tell(.storeRead(.found(found))) == .sending(found, 2))
  }

  @Test func `no token in the store where there was one is another session`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    let found = StoredSession.numbered(1, hasRefreshToken: false, receivedAt: 990)
    #expect(driver.tell(.storeRead(.found(found))) == [.stateChanged(.active)])
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test(arguments: [RestorationMoment.readingBeforeSave, .readingUnsaved])
  func `an empty store means signed out, and nothing is saved`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    #expect(
      driver.tell(.storeRead(.empty)) == [.stateChanged(.signedOut(.signedOutByUser))])
    #expect(driver.access == .signIn(.signedOutByUser))
  }

  @Test(arguments: [RestorationMoment.readingBeforeSave, .readingUnsaved])
  func `a corrupt store signs out and is left as it is`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    #expect(driver.tell(.storeRead(.corrupt)) == [.stateChanged(.signedOut(.storeCorrupt))])
  }

  @Test func `a store that is locked then is as a save that failed`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    #expect(
      driver.tell(.storeRead(.locked)) == [
        .stateChanged(.active), .accessRenewed, .wake(after: .seconds(1)),
      ])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .save(.renewed(2, at: 1_000), .numbered(2))
      ])
  }
}
