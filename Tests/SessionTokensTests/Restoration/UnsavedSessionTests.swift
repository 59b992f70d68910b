import Testing

@testable import SessionTokens

/// A save that failed: publish, retry, and send nothing until it is done.
@Suite struct UnsavedSessionTests {
  @Test func `a failed save publishes all the same and is tried again`() {
    var driver = RestorationMoment.saving.driver()
    #expect(
      driver.tell(.saveFailed(.numbered(2))) == [
        .stateChanged(.active), .accessRenewed, .wake(after: .seconds(1)),
      ])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .save(.renewed(2, at: 1_000), .numbered(3))
      ])
    #expect(driver.tell(.saved(.numbered(3))) == [])
    #expect(driver.tell(.timePassed, at: 1_800) == [])
  }

  @Test func `a save that fails again waits longer and tells nothing twice`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    driver.source.word = 3
    #expect(driver.tell(.saveFailed(.numbered(3))) == [.wake(after: .seconds(4))])
    #expect(driver.tell(.timePassed, at: 1_004) == [.wake(after: .seconds(1))])
    #expect(driver.tell(.timePassed, at: 1_005) == [.readStore])
  }

  @Test(arguments: RestorationMoment.unsaved, [840, 900, 50_000] as [Int64])
  func `no request is sent while the store is behind, however old the session`(
    _ moment: RestorationMoment, _ age: Int64
  ) {
    var driver = moment.driver()
    driver.tell(.accessRefused(accessToken: "access-2"), at: 1_000 + age)
    var effects: [SessionRestoration.Effect] = []
    for number in 1...20 {
      effects += driver.tell(.timePassed, at: 1_000 + age + Int64(number) * 400)
      effects += driver.tell(.storeRead(.found(.numbered(1))))
      for ticket in 1...30 as ClosedRange<UInt64> {
        effects += driver.tell(.saveFailed(.numbered(ticket)))
      }
    }
    #expect(effects.contains { $0.isSave })
    #expect(!effects.contains { $0.isSend })
  }

  @Test func `once the retried save is done a session near its end is refreshed`() {
    var driver = RestorationMoment.savingUnsaved.driver()
    #expect(driver.tell(.saved(.numbered(3)), at: 1_899) == [.readStore])
    let saved = StoredSession.renewed(2, at: 1_000)
    #expect(driver.tell(.storeRead(.found(saved))) == .sending(saved, 4))
  }

  @Test func `what another process stored meanwhile is adopted`() {
    var driver = RestorationMoment.readingUnsaved.driver()
    #expect(
      driver.tell(.storeRead(.found(.numbered(3, receivedAt: 995)))) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-3"))
    #expect(driver.tell(.timePassed, at: 1_200) == [])
  }

  @Test func `a save that was reported as failed and was done is found to be done`() {
    var driver = RestorationMoment.readingUnsaved.driver()
    #expect(driver.tell(.storeRead(.found(.renewed(2, at: 1_000)))) == [])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_840) == [.readStore])
    #expect(
      driver.tell(.storeRead(.found(.renewed(2, at: 1_000))))
        == .sending(.renewed(2, at: 1_000), 3))
  }

  @Test func `a store that is locked at the retry is tried once more`() {
    var driver = RestorationMoment.readingUnsaved.driver()
    #expect(driver.tell(.storeRead(.locked)) == [.wake(after: .seconds(1))])
    #expect(driver.access == .attach(accessToken: "access-2"))
    #expect(driver.tell(.timePassed, at: 1_002) == [.readStore])
  }

  @Test func `a failed save is tried again also where the refresh token went on`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2, hasRefreshToken: false))))
    driver.tell(.storeRead(.found(.numbered(1))))
    driver.tell(.saveFailed(.numbered(2)))
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    let kept = StoredSession.renewed(
      2, at: 1_000, refreshToken: "refresh-1", hasRefreshToken: false)
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [.save(kept, .numbered(3))])
  }

  @Test func `an unsaved session whose access token has ended is saved before all else`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    #expect(
      driver.tell(.timePassed, at: 1_900) == [
        .stateChanged(.refreshing), .save(.renewed(2, at: 1_000), .numbered(2)),
      ])
  }

  @Test func `an unsaved session without a refresh token ends when its access token does`() {
    var driver = RestorationDriver()
    driver.launch(.empty, at: 0)
    driver.tell(.signedIn(.numbered(2, hasRefreshToken: false)))
    driver.tell(.saveFailed(.numbered(1)))
    #expect(
      driver.tell(.timePassed, at: 899) == [
        .save(.renewed(2, at: 0, hasRefreshToken: false), .numbered(2))
      ])
    driver.tell(.saveFailed(.numbered(2)))
    #expect(driver.tell(.timePassed, at: 900) == [.stateChanged(.signedOut(.noRefreshToken))])
  }

  @Test func `a failed save of tokens with no life left suspends`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2, lifetime: 0))))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.tell(.saveFailed(.numbered(2))) == .suspending(at: 1_000))
    #expect(driver.tell(.timePassed, at: 1_001) == [.stateChanged(.refreshing), .readStore])
  }
}
