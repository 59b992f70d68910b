import Testing

@testable import SessionTokens

@Suite struct LaunchOrderTests {
  @Test func `nothing is known before the launch`() {
    let driver = RestorationDriver()
    #expect(driver.state == .starting)
    #expect(driver.access == .wait)
  }

  @Test func `the launch reads the store and nothing else`() {
    var driver = RestorationDriver()
    #expect(driver.tell(.launched, at: 100) == [.readStore])
    #expect(driver.state == .starting)
    #expect(driver.access == .wait)
  }

  @Test(arguments: LaunchCase.order)
  func `the first line of the launch order that matches decides`(_ launch: LaunchCase) {
    var driver = RestorationDriver()
    #expect(driver.launch(launch.reading, at: launch.time) == launch.effects)
    #expect(driver.access == launch.access)
  }

  @Test(arguments: RestorationMoment.allCases.filter { $0 != .idle })
  func `a second launch changes nothing`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let before = driver.machine
    #expect(driver.tell(.launched) == [])
    #expect(driver.machine == before)
  }

  @Test func `corrupt bytes are left where they are, also when the user signs in`() {
    var driver = RestorationDriver()
    let reading = StoredSession.Reading(bytes: Array("{\"version\":2}".utf8))
    #expect(driver.launch(reading, at: 0) == [.stateChanged(.signedOut(.storeCorrupt))])
    #expect(
      driver.tell(.signedIn(.numbered(2)), at: 10) == [
        .save(.renewed(2, at: 10), .numbered(1))
      ])
  }

  @Test(arguments: [(899, false), (900, false), (901, true)], [840, 899] as [Int64])
  func `no early refresh when the access token ends with the session`(
    _ refresh: (lifetime: Int64, isEarly: Bool), _ time: Int64
  ) {
    var driver = RestorationDriver()
    let session = StoredSession.numbered(1, refreshLifetime: refresh.lifetime)
    let early = [SessionRestoration.Effect].sending(session, 1)
    #expect(
      driver.launch(.found(session), at: time)
        == [.stateChanged(.active)] + (refresh.isEarly ? early : []))
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `an access token that ends with the session is refreshed once it has ended`() {
    var driver = RestorationDriver()
    let session = StoredSession.numbered(1, refreshLifetime: 900)
    #expect(
      driver.launch(.found(session), at: 900)
        == [.stateChanged(.refreshing)] + .sending(session, 1))
  }

  @Test func `a session of unknown end is refreshed early`() {
    var driver = RestorationDriver()
    let session = StoredSession.numbered(1, refreshLifetime: nil)
    #expect(
      driver.launch(.found(session), at: 840) == [.stateChanged(.active)] + .sending(session, 1))
  }
}
