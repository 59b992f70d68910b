// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Inputs after which an earlier edition stopped for good.
@Suite struct NoDeadEndTests {
  /// Tells the machine at each step that time has passed, and performs its effects.
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
          Issue.record("the machine requests one effect after another, without an end")
          return
        }
        let awaited = driver.machine.memory.awaited
        told = perform(&driver, last)
        if driver.machine.memory.awaited == awaited { break }
      }
    }
  }

  // MARK: Readings that are empty or corrupt once

  @Test func `a store that was empty before the first unlock brings the user back`() {
    for event in [SessionRestoration.Event.timePassed, .launched, .retryRequested] {
      var driver = RestorationDriver()
      driver.launch(.empty, at: 0)
      #expect(driver.state == .signedOut(.neverSignedIn))
      #expect(driver.tell(event, at: 1) == [.readStore])
      #expect(driver.read(.numbered(1)) == [.sessionInUse(1), .stateChanged(.active)])
    }
  }

  @Test
  func `one empty reading changes nothing, and two don't prevent a later return`() {
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

  @Test func `a sign-in by another process after a sign-out there is found`() {
    var driver = RestorationMoment.readingEarly.driver()
    driver.read(.empty)
    driver.tell(.timePassed, at: 852)
    driver.read(.empty)
    driver.tell(.timePassed, at: 900)
    #expect(
      driver.read(.numbered(5, session: 5, receivedAt: 890))
        == [.sessionInUse(5), .stateChanged(.active)])
  }

  @Test func `one torn read doesn't discard a token that was just received`() {
    var driver = RestorationMoment.readingBeforeSave.driver()
    driver.read(.corrupt)
    driver.tell(.timePassed, at: 1_002)
    #expect(driver.read(.numbered(1)) == [.save(.renewed(2, at: 1_000))])
    var other = RestorationMoment.readingBeforeSave.driver()
    other.read(.corrupt)
    other.tell(.timePassed, at: 1_002)
    #expect(other.read(.corrupt) == [.save(.renewed(2, at: 1_000))])
  }

  // MARK: Pauses after the network is back

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `after 15 minutes offline, the next try comes within a second of retryRequested`(
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
  func `after 15 minutes offline, the next try comes within 300 s by itself`(
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

  @Test func `a captive portal's Retry-After of a day is ignored`() {
    let answer = RefreshAnswer(
      status: 511, retryAfter: "86400", body: Array("<html></html>".utf8))
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(answer).last == .wake(1))
    // Where it counts, it ends after 900 s.
    var busy = RestorationMoment.awaitingAnswer.driver()
    let unavailable = RefreshAnswer(status: 503, retryAfter: "86400", body: [UInt8]())
    #expect(busy.answer(unavailable).last == .wake(900))
  }

  // MARK: A superseded token

  @Test func `a superseded token is sent once and never again, even after a relaunch`() {
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
    // A sign-in saves over it, and doesn't revoke the session of the other phone.
    relaunched.signIn(2)
    #expect(relaunched.read(spent) == [.save(.signedIn(2, at: 100_000))])
  }

  // MARK: Saves that always fail

  @Test func `a sign-in that can never be saved stays in use for a day`() {
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

  @Test func `tokens that can never be saved over the older blob are still refreshed`() {
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

  // MARK: Retries of a save in a shared store

  @Test func `a retry doesn't overwrite a newer generation of another process`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.tell(.timePassed, at: 1_001)
    let rotated = StoredSession.numbered(4, session: 2, signedInAt: 1_000, receivedAt: 1_001)
    #expect(driver.read(rotated) == [.accessRenewed])
    #expect(driver.access == .attach(accessToken: "access-4"))
  }

  @Test func `a retry doesn't overwrite another user's sign-in through another process`() {
    var driver = RestorationMoment.pausingUnsavedSignIn.driver()
    driver.tell(.timePassed, at: 1_001)
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 1_001))
        == [.sessionInUse(9), .accessRenewed, .sendRevocation("refresh-2")])
  }

  // MARK: Answers for a replaced machine

  @Test func `a late answer for a machine that the app has replaced is ignored`() {
    var old = RestorationDriver()
    old.source = ConstantSource(word: 11)
    old.launch(.found(.numbered(7, session: 7)), at: 1_000)
    var successor = RestorationMoment.awaitingAnswer.driver()
    #expect(old.ticket.number == successor.ticket.number)
    let before = successor.machine
    #expect(successor.tell(.answered(old.ticket, .tokens(8))) == [])
    #expect(successor.machine == before)
  }

  // MARK: Revocations

  @Test(arguments: [RestorationMoment.idle, .opening, .locked, .reopening])
  func `a sign-out before the store was read is sent to the server`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.tell(.signedOutByUser, at: 1_000)
    #expect(driver.read(.numbered(1)) == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `a sign-out while the store is locked ends the session once it is unlocked`() {
    var driver = RestorationMoment.reopening.driver()
    driver.tell(.signedOutByUser)
    driver.read(.locked)
    driver.tell(.timePassed, at: 1_010)
    #expect(
      driver.read(.numbered(1)) == [.sendRevocation("refresh-1"), .erase])
  }

  @Test func `the session that a sign-in replaces is revoked`() {
    var driver = RestorationMoment.active.driver()
    #expect(driver.signIn(2).compactMap(\.revoked) == ["refresh-1"])
  }

  @Test func `newer tokens that arrive after a sign-out are revoked`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let ticket = driver.ticket
    #expect(driver.tell(.signedOutByUser).compactMap(\.revoked) == ["refresh-1"])
    #expect(driver.tell(.answered(ticket, .tokens(2))) == [.sendRevocation("refresh-2")])
  }

  // MARK: Reads without an answer

  @Test func `a read that is never answered is tried again, even across a sign-in`() {
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

  // MARK: Another user

  @Test func `another user's sign-in through another process is reported`() {
    var driver = RestorationMoment.readingEarly.driver()
    #expect(
      driver.read(.numbered(9, session: 9, receivedAt: 800))
        == [.sessionInUse(9), .accessRenewed])
  }

  // MARK: Answers of other servers

  /// Bodies with the statuses 400, 401 and 403, and the code with which each ends the token.
  @Test(
    arguments: [400, 401, 403],
    [
      (#"{"error":"invalid_grant","refusal":"a_code_of_tomorrow"}"#, "a_code_of_tomorrow"),
      (#"{"error":"invalid_grant"}"#, "invalid_grant"),
    ])
  func `a definitive refusal of another server ends the token`(
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
  func `tokens of another server are in use, since that server has rotated`(
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

  // MARK: Clocks that jump

  @Test func `a clock 400 days ahead and back again signs nobody out`() {
    let lone = StoredSession.numbered(1, hasRefreshToken: false)
    var driver = RestorationDriver.launched(lone, at: 100)
    driver.tell(.timePassed, at: 34_560_000)
    #expect(driver.state == .signedOut(.noRefreshToken))
    driver.tell(.timePassed, at: 200)
    driver.tell(.timePassed, at: 201)
    #expect(driver.read(lone) == [.stateChanged(.active)])
    #expect(driver.access == .attach(accessToken: "access-1"))
  }

  @Test func `a clock set back doesn't end a Retry-After`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.retryAfter(900))
    let told = driver.tell(.timePassed, at: 990)
    #expect(told == [.suspended(since: 1_000, until: 1_890, .server(nil)), .wake(900)])
    #expect(driver.tell(.timePassed, at: 1_889) == [.wake(1)])
  }

  @Test func `a clock that jumps by 4,000 s doesn't cause a request at each event`() {
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

  // MARK: Requests that hang

  @Test func `an hour of requests that hang is one suspension, with its cause and its end`() {
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
    // Only the first request.
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

  // MARK: The deadline of a request

  @Test func `a request has a deadline for its sending`() {
    var driver = RestorationMoment.opening.driver()
    guard case .refresh(let request)? = driver.read(.numbered(1)).last else {
      Issue.record("no request")
      return
    }
    #expect(request.sendBefore == .receipt(1_060))
    // The process was frozen and didn't send it: it counts as unreachable, and is tried again.
    driver.answer(.unreachable, at: 20_000)
    #expect(driver.tell(.timePassed, at: 20_001).last == .readStore)
    #expect(
      driver.read(.numbered(2, receivedAt: 19_900)) == [.stateChanged(.active), .accessRenewed])
  }

  // MARK: Rates

  @Test func `a Retry-After of 2.5 s is rounded up to 3 s`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let answer = RefreshAnswer.unavailable(retryAfter: .milliseconds(2_500), code: nil)
    #expect(driver.answer(answer).last == .wake(3))
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(2)])
  }

  @Test func `constant 401s without a margin give 60 refreshes an hour`() throws {
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
