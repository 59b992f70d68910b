// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Only awaited answers count: late, repeated and foreign ones change nothing.
@Suite struct TicketTests {
  private static let answers: [RefreshAnswer] = [.tokens(9), .refused(.revoked), .unreachable]

  private static let readings: [StoredSession.Reading] = [
    .locked, .empty, .corrupt, .found(.numbered(1)), .found(.numbered(8)),
  ]

  /// Every answer to a ticket, by the kind of effect.
  private static func events(
    _ ticket: SessionRestoration.Ticket
  ) -> [(moments: [RestorationMoment], events: [SessionRestoration.Event])] {
    [
      (RestorationMoment.reading, readings.map { .storeRead(ticket, $0) }),
      (RestorationMoment.savingAny, [.saved(ticket), .saveFailed(ticket)]),
      ([.erasing], [.erased(ticket), .eraseFailed(ticket)]),
      (RestorationMoment.awaiting, answers.map { .answered(ticket, $0) }),
    ]
  }

  @Test(arguments: RestorationMoment.allCases)
  func `an answer counts once, if its kind is awaited`(_ moment: RestorationMoment) {
    for (moments, events) in Self.events(moment.driver().ticket) {
      for event in events {
        var driver = moment.driver()
        let before = driver.machine
        let told = driver.tell(event)
        #expect((driver.machine != before) == moments.contains(moment), "\(event)")
        guard driver.machine != before else {
          #expect(told == [])
          continue
        }
        let after = driver.machine
        for repeated in events { #expect(driver.tell(repeated) == [], "\(event), \(repeated)") }
        #expect(driver.machine == after)
      }
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `an answer to another ticket changes nothing`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let (before, awaited) = (driver.machine, driver.ticket)
    let others = (0...awaited.number).map { SessionRestoration.Ticket.numbered($0) }
    for ticket in others where ticket != awaited {
      for event in Self.events(ticket).flatMap(\.events) { #expect(driver.tell(event) == []) }
    }
    #expect(driver.machine == before)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `an answer for another machine of the app is ignored`(_ moment: RestorationMoment) {
    var driver = moment.driver()
    let (before, number) = (driver.machine, driver.ticket.number)
    let foreign = SessionRestoration.Ticket.numbered(number, machine: 1)
    for event in Self.events(foreign).flatMap(\.events) { #expect(driver.tell(event) == []) }
    #expect(driver.machine == before)
  }

  @Test func `the word of a machine is random, and the same in all its tickets`() throws {
    var words: Set<UInt64> = []
    for seed in 1...100 as ClosedRange<UInt64> {
      var (machine, source) = (SessionRestoration(), SeededGenerator(seed: seed))
      let first = machine.handle(.launched, at: .receipt(0), using: &source).last?.ticket
      let second = machine.handle(.timePassed, at: .receipt(60), using: &source).last?.ticket
      let word = try #require(first?.machine)
      #expect(second?.machine == word)
      #expect(second?.number == first.map { $0.number + 1 })
      words.insert(word)
    }
    #expect(words.count == 100)
  }

  @Test func `two machines of the system's generator have different words`() {
    var (first, second) = (SessionRestoration(), SessionRestoration())
    let one = first.handle(.launched, at: .receipt(0)).last?.ticket
    let two = second.handle(.launched, at: .receipt(0)).last?.ticket
    #expect(one?.number == two?.number)
    #expect(one != two)
  }

  @Test func `the answer for another machine is ignored while an abandoned request is awaited`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let abandoned = driver.ticket
    driver.tell(.signedOutByUser)
    let before = driver.machine
    let foreign = SessionRestoration.Ticket.numbered(abandoned.number, machine: 1)
    #expect(driver.tell(.answered(foreign, .tokens(9))) == [])
    #expect(driver.machine == before)
    #expect(driver.tell(.answered(abandoned, .tokens(2))) == [.sendRevocation("refresh-2")])
  }

  @Test func `an answer to an abandoned request doesn't count for the next one`() {
    var driver = RestorationMoment.awaitingAnswer.driver()
    let old = driver.ticket
    driver.tell(.timePassed, at: 1_060)
    driver.tell(.timePassed, at: 1_061)
    driver.read(.numbered(1))
    let before = driver.machine
    for answer in Self.answers { #expect(driver.tell(.answered(old, answer)) == []) }
    #expect(driver.machine == before)
  }
}
