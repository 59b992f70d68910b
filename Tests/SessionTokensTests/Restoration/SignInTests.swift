import Testing

@testable import SessionTokens

@Suite struct SignInTests {
  @Test(arguments: RestorationMoment.allCases)
  func `in any phase the tokens of a sign-in are saved, whatever the store holds`(
    _ moment: RestorationMoment
  ) throws {
    var driver = moment.driver()
    let before = driver
    let effects = driver.tell(.signedIn(.numbered(7)))
    let ticket = try #require(effects.last?.ticket)
    let session = StoredSession.renewed(7, at: driver.time)
    #expect(effects == [.save(session, .numbered(ticket))])
    #expect(driver.state == before.state)
    #expect(driver.access == .wait)
    let isActive = before.state == .active
    #expect(
      driver.tell(.saved(.numbered(ticket)))
        == (isActive ? [] : [.stateChanged(.active)]) + [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-7"))
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [])
  }

  @Test(arguments: RestorationMoment.allCases)
  func `in any phase a failed save publishes and is tried again without a look`(
    _ moment: RestorationMoment
  ) throws {
    var driver = moment.driver()
    let isActive = driver.state == .active
    let ticket = try #require(driver.tell(.signedIn(.numbered(7))).last?.ticket)
    let session = StoredSession.renewed(7, at: driver.time)
    #expect(
      driver.tell(.saveFailed(.numbered(ticket)))
        == (isActive ? [] : [.stateChanged(.active)])
        + [.accessRenewed, .wake(after: .seconds(1))])
    #expect(driver.access == .attach(accessToken: "access-7"))
    #expect(
      driver.tell(.timePassed, at: driver.time + 1) == [.save(session, .numbered(ticket + 1))])
    #expect(driver.tell(.saved(.numbered(ticket + 1))) == [])
    #expect(driver.tell(.timePassed, at: driver.time + 1) == [])
  }

  @Test(arguments: RestorationMoment.allCases)
  func `what was awaited before the sign-in does not count any more`(
    _ moment: RestorationMoment
  ) throws {
    var driver = moment.driver()
    let ticket = try #require(driver.tell(.signedIn(.numbered(7))).last?.ticket)
    let before = driver.machine.phase
    for number in 0..<ticket {
      let late = SessionRestoration.Ticket.numbered(number)
      #expect(driver.tell(.answered(late, .tokens(.numbered(8)))) == [])
      #expect(driver.tell(.answered(late, .refused(.revoked))) == [])
      #expect(driver.tell(.saved(late)) == [])
      #expect(driver.tell(.saveFailed(late)) == [])
    }
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == [])
    #expect(driver.tell(.storeRead(.empty)) == [])
    #expect(driver.tell(.timePassed, at: 9_000) == [])
    #expect(driver.tell(.accessRefused(accessToken: "access-7")) == [])
    #expect(driver.machine.phase == before)
  }

  @Test func `a second sign-in replaces the first`() {
    var driver = RestorationMoment.signingIn.driver()
    #expect(
      driver.tell(.signedIn(.numbered(3))) == [.save(.renewed(3, at: 1_000), .numbered(2))])
    #expect(driver.tell(.saved(.numbered(1))) == [])
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-3"))
  }

  @Test func `a sign-in with the token that was in use is told as a new one`() {
    var driver = RestorationMoment.active.driver()
    driver.tell(.signedIn(.numbered(1)))
    #expect(driver.tell(.saved(.numbered(1))) == [.accessRenewed])
  }

  @Test func `a sign-in that saves after its access token has ended is refreshed`() {
    var driver = RestorationMoment.signingIn.driver()
    #expect(
      driver.tell(.saved(.numbered(1)), at: 1_900) == [.stateChanged(.refreshing), .readStore])
    let saved = StoredSession.renewed(2, at: 1_000)
    #expect(driver.tell(.storeRead(.found(saved))) == .sending(saved, 2))
  }
}
