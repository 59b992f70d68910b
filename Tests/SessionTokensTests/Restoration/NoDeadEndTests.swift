// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The inputs of issue 13, at which 0.1.0 came to a dead end: each by its number.
@Suite struct NoDeadEndTests {
  /// Times at which the app tells that time has passed, and what the store holds then.
  private static func run(
    _ driver: inout RestorationDriver, from start: Int64, through end: Int64,
    every step: Int64 = 1, _ perform: (inout RestorationDriver, Told) -> [Told]
  ) {
    for time in stride(from: start, through: end, by: Int(step)) {
      var told = driver.tell(.timePassed, at: time)
      var stepCount = 0
      while let last = told.last, last.isAwaited {
        stepCount += 1
        guard stepCount <= 100 else {
          Issue.record("the machine wants one effect after another, without an end")
          return
        }
        let awaited = driver.machine.memory.awaited
        told = perform(&driver, last)
        if driver.machine.memory.awaited == awaited { break }
      }
    }
  }

  // MARK: 1

  @Test func `1: a store that was empty before the first unlock brings the user back`() {
    for event in [SessionRestoration.Event.timePassed, .launched, .retryRequested] {
      var driver = RestorationDriver()
      driver.launch(.empty, at: 0)
      #expect(driver.state == .signedOut(.neverSignedIn))
      #expect(driver.tell(event, at: 1) == [.readStore])
      #expect(driver.read(.numbered(1)) == [.sessionInUse(1), .stateChanged(.active)])
    }
  }

  @Test
  func `1: one odd empty reading in mid-run changes nothing, and two bring back what is there`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.read(.empty)
    #expect(driver.state == .active)
    driver.tell(.timePassed, at: 852)
    driver.read(.empty)
    #expect(driver.state == .signedOut(.signedOutByUser))
    driver.tell(.timePassed, at: 853)
    driver.read(.numbered(1))
    #expect(driver.state == .active)
  }

  @Test func `1: a sign-in by another process after a sign-out there is found`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.read(.empty)
    driver.tell(.timePassed, at: 852)
    driver.read(.empty)
    driver.tell(.timePassed, at: 900)
    #expect(
      driver.read(.numbered(5, session: 5, receivedAt: 890))
        == [.sessionInUse(5), .stateChanged(.active)])
  }

  @Test func `1: one torn read does not throw away a token that was just received`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    driver.read(.corrupt)
    driver.tell(.timePassed, at: 1_002)
    #expect(driver.read(.numbered(1)) == [.save(.renewed(2, at: 1_000))])
    var other = RestorationMoment.readingBeforeSave.driver()
    other.read(.corrupt)
    other.tell(.timePassed, at: 1_002)
    #expect(other.read(.corrupt) == [.save(.renewed(2, at: 1_000))])
  }

  // MARK: 2

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `2: back online after 15 minutes the next try comes within a second of being told`(
    _ seed: UInt64
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.unreachable)
    driver.source.word = seed
    Self.run(&driver, from: 1_001, through: 1_900) { driver, told in
      told.isRefresh ? driver.answer(.unreachable) : driver.read(.numbered(1))
    }
    let first = driver.tell(.retryRequested, at: 1_901)
    #expect(first.last == .readStore)
    #expect(driver.read(.numbered(1)).last?.isRefresh == true)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `2: back online after 15 minutes the next try comes within 300 s without being told`(
    _ seed: UInt64
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.unreachable)
    driver.source.word = seed
    var sentAt: Int64?
    Self.run(&driver, from: 1_001, through: 2_200) { driver, told in
      guard told.isRefresh else { return driver.read(.numbered(1)) }
      if driver.time >= 1_900 { sentAt = sentAt ?? driver.time }
      return driver.answer(.unreachable)
    }
    #expect(sentAt.map { $0 - 1_900 <= 300 } == true)
  }

  @Test func `2: a captive portal's Retry-After of a day is not heard`() {
    let answer = RefreshAnswer(
      status: 511, retryAfter: "86400", body: Array("<html></html>".utf8))
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(answer).last == .wake(1))
    // Where it is heard, it ends after 900 s.
    var busy = RestorationMoment.awaitingAnswer.driver()
    let wish = RefreshAnswer(status: 503, retryAfter: "86400", body: [UInt8]())
    #expect(busy.answer(wish).last == .wake(900))
  }

  // MARK: 3

  @Test func `3: a superseded token is sent once, and never again, nor after a relaunch`() {
    let body = #"{"error":"invalid_grant","refusal":"superseded"}"#
    let answer = RefreshAnswer(status: 400, body: Array(body.utf8))
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(answer) == [.readStore])
    let spent = StoredSession.numbered(1, spentBy: .superseded)
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(.superseded)), .save(spent)])
    driver.saved()
    Self.run(&driver, from: 1_001, through: 1_100) { driver, told in
      #expect(told == .readStore)
      return driver.read(spent)
    }
    var relaunched = RestorationDriver()
    relaunched.launch(.found(spent), at: 100_000)
    #expect(relaunched.state == .signedOut(.refused(.superseded)))
    // A sign-in saves over it, and does not revoke the session of the other phone.
    relaunched.signIn(2)
    #expect(relaunched.read(spent) == [.save(.signedIn(2, at: 100_000))])
  }

  // MARK: 4

  @Test func `4: a sign-in that can never be saved stays in use for a day`() {
    var driver = RestorationMoment.readingSignIn.driver()
    driver.read(.empty)
    driver.saveFailed()
    var (saves, requests, inactive, number) = (0, 0, 0, 2)
    Self.run(&driver, from: 1_001, through: 87_400) { driver, told in
      if told.isSave {
        saves += 1
        return driver.saveFailed()
      }
      guard told.isRefresh else { return driver.read(.empty) }
      (requests, number) = (requests + 1, number + 1)
      return driver.answer(.tokens(number))
    }
    if driver.state != .active { inactive += 1 }
    #expect(inactive == 0)
    #expect(requests >= 95 && requests <= 97)
    #expect(saves > requests)
  }

  @Test func `4: tokens that can never be saved over the older blob are refreshed all the same`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    var (requests, number) = (1, 2)
    Self.run(&driver, from: 1_001, through: 87_400) { driver, told in
      if told.isSave { return driver.saveFailed() }
      guard told.isRefresh else { return driver.read(.numbered(1)) }
      (requests, number) = (requests + 1, number + 1)
      return driver.answer(.tokens(number))
    }
    #expect(driver.state == .active)
    #expect(requests >= 95)
  }

  // MARK: 5

  @Test func `5: a retry does not write an old generation over what a sibling has rotated`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.tell(.timePassed, at: 1_001)
    let rotated = StoredSession.numbered(4, session: 2, signedInAt: 1_000, receivedAt: 1_001)
    #expect(driver.read(rotated) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-4"))
  }

  @Test func `5: a retry does not write over another user who signed in through a sibling`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.tell(.timePassed, at: 1_001)
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 1_001))
        == [.sessionInUse(9), .accessRenewed, .sendRevocation("refresh-2")])
  }

  // MARK: 6

  @Test func `6: a late answer to a machine that the app has replaced is nobody's`() {
    var old = RestorationDriver()
    old.source = ConstantSource(word: 11)
    old.launch(.found(.numbered(7, session: 7)), at: 1_000)
    var successor = RestorationMoment.awaitingAnswer.driver()
    #expect(old.ticket.number == successor.ticket.number)
    let before = successor.machine
    #expect(successor.tell(.answered(old.ticket, .tokens(8))) == [])
    #expect(successor.machine == before)
  }

  // MARK: 7

  @Test(arguments: [RestorationMoment.idle, .opening, .locked, .reopening])
  func `7: a sign-out before the store was read is told to the server`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser, at: 1_000)
    #expect(driver.read(.numbered(1)) == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `7: a sign-out while the store is locked ends the session once it opens`() {
    var driver = RestorationMoment.reopening.driver()
    driver.tell(.signedOutByUser)
    driver.read(.locked)
    driver.tell(.timePassed, at: 1_010)
    #expect(
      driver.read(.numbered(1)) == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `7: the session that a sign-in replaces is told to the server`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.signIn(2).compactMap(\.revoked) == ["refresh-1"])
  }

  @Test func `7: newer tokens that come for a session that was signed out are told to the server`()
  {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let ticket = driver.ticket
    #expect(driver.tell(.signedOutByUser).compactMap(\.revoked) == ["refresh-1"])
    #expect(driver.tell(.answered(ticket, .tokens(2))) == [.sendRevocation("refresh-2")])
  }

  // MARK: 8

  @Test func `8: a read that is never answered is tried again, also across a sign-in`() {
    for moment in [RestorationMoment.opening, .readingEarly, .readingBeforeSend, .readingSignIn] {
      var driver = moment.driver()
      let time = driver.time
      for round in 1...5 as ClosedRange<Int64> {
        #expect(driver.tell(.timePassed, at: time + 60 * round).last == .readStore)
      }
      let told = driver.read(moment == .readingSignIn ? .empty : .found(.numbered(1)))
      #expect(told.last?.isAwaited == true)
    }
    var driver = RestorationMoment.readingEarly.driver()
    driver.signIn(2, at: 5_000)
    driver.tell(.timePassed, at: 5_060)
    driver.read(.empty)
    driver.saved()
    #expect(driver.state == .active)
  }

  // MARK: 9

  @Test func `9: another user who signed in through another process is told of`() {
    var driver = RestorationMoment.readingEarly.driver()
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 800))
        == [.sessionInUse(9), .accessRenewed])
  }

  // MARK: 10

  /// Bodies under 400, 401 and 403, and the code with which each ends the token.
  @Test(
    arguments: [400, 401, 403],
    [
      (#"{"error":"invalid_grant","refusal":"a_code_of_tomorrow"}"#, "a_code_of_tomorrow"),
      (#"{"error":"invalid_grant"}"#, "invalid_grant"),
    ])
  func `10: what a server says for good ends the token`(
    _ status: Int, _ row: (body: String, code: String)
  ) {
    let code = Refusal.Code(rawValue: row.code)
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(RefreshAnswer(status: status, body: Array(row.body.utf8)))
    #expect(
      driver.read(.numbered(1))
        == [.signedOut(.refused(code)), .save(.numbered(1, spentBy: code))])
  }

  @Test(arguments: [
    (200, #"{"access_token":"a","token_type":"Bearer","expires_in":"3600","refresh_token":"r"}"#),
    (200, #"{"access_token":"a","token_type":"Bearer","refresh_token":"r"}"#),
    (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r"}"#),
    (200, "\u{feff}" + #"{"access_token":"a","expires_in":3600,"refresh_token":"r"}"#),
    (201, #"{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"r"}"#),
    (200, #"{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":""}"#),
    (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r","x":"\ud800"}"#),
  ])
  func `10: tokens of another server are in use, for that server has rotated`(
    _ status: Int, _ body: String
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(RefreshAnswer(status: status, body: Array(body.utf8)))
    driver.read(.numbered(1))
    driver.saved()
    #expect(driver.state == .active)
    #expect(driver.access == .attach(accessToken: "a"))
    let next = body.contains(#""refresh_token":"""#) ? "refresh-1" : "r"
    #expect(driver.machine.memory.session?.newest.refreshToken?.text == next)
  }

  // MARK: 11

  @Test func `11: a clock 400 days ahead and back again signs nobody out`() {
    let lone = StoredSession.numbered(1, hasRefreshToken: false)
    var driver = RestorationDriver.launched(lone, at: 100)
    driver.tell(.timePassed, at: 34_560_000)
    #expect(driver.state == .signedOut(.noRefreshToken))
    driver.tell(.timePassed, at: 200)
    driver.tell(.timePassed, at: 201)
    #expect(driver.read(lone) == [.stateChanged(.active)])
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `11: a clock set back does not end a Retry-After`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.retryAfter(900))
    let told = driver.tell(.timePassed, at: 990)
    #expect(told == [.suspended(since: 1_000, until: 1_890, .server(nil)), .wake(900)])
    #expect(driver.tell(.timePassed, at: 1_889) == [.wake(1)])
  }

  @Test func `11: two clocks 4,000 s apart give no request for each event`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.retryAfter(3_600))
    var requests = 0
    for index in 0..<1_000 {
      let told = driver.tell(.timePassed, at: index % 2 == 0 ? -2_500 : 1_500)
      if told.last == .readStore, driver.read(.numbered(1)).last?.isRefresh == true {
        requests += 1
        driver.answer(.retryAfter(3_600))
      }
    }
    // Each jump ahead is 4,000 s of the clock, in which a wait of 900 s is over.
    #expect(requests <= 500)
    var near = RestorationMoment.awaitingAnswer.driver()
    near.answer(.retryAfter(3_600))
    for index in 0..<1_000 {
      #expect(near.tell(.timePassed, at: index % 2 == 0 ? 600 : 1_400).last?.isAwaited == false)
    }
  }

  // MARK: 12

  @Test func `12: an hour of requests that hang is one suspension that says why and until when`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    var states: [SessionRestoration.State] = []
    var isLoading: Int64 = 0
    for time in 1_001...4_600 as ClosedRange<Int64> {
      var told = driver.tell(.timePassed, at: time)
      states += told.compactMap(\.state)
      if told.last == .readStore { told = driver.read(.numbered(1)) }
      states += told.compactMap(\.state)
      if driver.state == .refreshing { isLoading += 1 }
    }
    // The first request, and no more.
    #expect(isLoading == 59)
    for state in states {
      guard case .suspended(let suspension) = state else {
        Issue.record("\(state)")
        continue
      }
      #expect(suspension.since == .receipt(1_060))
      #expect(suspension.cause == .unreachable)
    }
  }

  // MARK: 13

  @Test func `13: a request says until when it may be sent`() {
    var driver = RestorationMoment.opening.driver()
    guard case .refresh(let request)? = driver.read(.numbered(1)).last else {
      Issue.record("no request")
      return
    }
    #expect(request.sendBefore == .receipt(1_060))
    // The process was frozen, and did not send it: it is unreachable, and tried anew.
    driver.answer(.unreachable, at: 20_000)
    #expect(driver.tell(.timePassed, at: 20_001).last == .readStore)
    #expect(
      driver.read(.numbered(2, receivedAt: 19_900)) == [.stateChanged(.active), .accessRenewed])
  }

  // MARK: 14

  @Test func `14: a wish of 2.5 s is three whole seconds`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let answer = RefreshAnswer.unavailable(retryAfter: .milliseconds(2_500), code: nil)
    #expect(driver.answer(answer).last == .wake(3))
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(2)])
  }

  @Test func `14: no margin and constant 401s give 60 refreshes an hour`() throws {
    let configuration = try SessionRestoration.Configuration(margin: .zero)
    var driver = RestorationDriver.launched(at: 0, configuration: configuration)
    var (requests, stored) = (0, StoredSession.numbered(1))
    for time in 1...3_600 as ClosedRange<Int64> {
      driver.tell(.accessRefused(accessToken: stored.blob.accessToken.text), at: time)
      driver.tell(.timePassed)
      guard driver.read(stored).last?.isRefresh == true else { continue }
      requests += 1
      driver.answer(.tokens(requests + 1))
      driver.read(stored)
      stored = .renewed(requests + 1, at: time)
      driver.saved()
      if time == 300 { #expect(requests <= 23) }
    }
    #expect(requests <= 60)
    #expect(requests >= 55)
  }
}
