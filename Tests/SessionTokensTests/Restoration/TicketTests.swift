import Testing

@testable import SessionTokens

/// Only what is awaited counts: late, repeated and foreign answers change nothing.
@Suite struct TicketTests {
  /// The ticket that is awaited in each phase, if any, and by which kind of event.
  private static func awaited(
    _ moment: RestorationMoment
  ) -> (ticket: UInt64?, isAnswer: Bool) {
    switch moment {
    case .idle, .opening, .locked, .reopening, .signedOut, .active, .readingEarly, .pausingEarly,
      .readingBeforeSend, .readingBeforeSave, .readingBeforeSignOut, .suspended, .pausingUnsaved,
      .readingUnsaved, .pausingUnsavedSignIn:
      (nil, false)
    case .awaitingEarly, .awaitingAnswer: (1, true)
    case .signingIn, .signingInOver: (1, false)
    case .saving, .savingUnsavedSignIn: (2, false)
    case .savingUnsaved: (3, false)
    }
  }

  @Test(arguments: RestorationMoment.allCases)
  func `an answer to another ticket, or of another kind, changes nothing`(
    _ moment: RestorationMoment
  ) {
    let (awaited, isAnswer) = Self.awaited(moment)
    var driver = moment.driver()
    let before = driver.machine
    for number in 0...5 as ClosedRange<UInt64> {
      let ticket = SessionRestoration.Ticket.numbered(number)
      if number != awaited || !isAnswer {
        #expect(driver.tell(.answered(ticket, .tokens(.numbered(9)))) == [])
        #expect(driver.tell(.answered(ticket, .refused(.revoked))) == [])
        #expect(driver.tell(.answered(ticket, .unavailable(retryAfter: nil, code: nil))) == [])
      }
      if number != awaited || isAnswer {
        #expect(driver.tell(.saved(ticket)) == [])
        #expect(driver.tell(.saveFailed(ticket)) == [])
      }
    }
    #expect(driver.machine == before)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `what is awaited counts once`(_ moment: RestorationMoment) throws {
    let (awaited, isAnswer) = Self.awaited(moment)
    guard let awaited else { return }
    let ticket = SessionRestoration.Ticket.numbered(awaited)
    let events: [SessionRestoration.Event] =
      isAnswer
      ? [
        .answered(ticket, .tokens(.numbered(9))), .answered(ticket, .refused(.revoked)),
        .answered(ticket, .unavailable(retryAfter: nil, code: nil)),
      ] : [.saved(ticket), .saveFailed(ticket)]
    for event in events {
      var driver = moment.driver()
      let before = driver.machine
      driver.tell(event)
      let after = driver.machine
      #expect(after != before)
      for repeated in events { #expect(driver.tell(repeated) == []) }
      #expect(driver.machine == after)
    }
  }

  /// The phases in which the store's content is awaited.
  private static let reading: Set<RestorationMoment> = [
    .opening, .reopening, .readingEarly, .readingBeforeSend, .readingBeforeSave,
    .readingBeforeSignOut, .readingUnsaved,
  ]

  static let readings: [StoredSession.Reading] = [
    .locked, .empty, .corrupt, .found(.numbered(1)), .found(.numbered(8)),
  ]

  @Test(arguments: RestorationMoment.allCases, readings)
  func `a reading counts where the store's content is awaited, and nowhere else`(
    _ moment: RestorationMoment, _ reading: StoredSession.Reading
  ) {
    var driver = moment.driver()
    let before = driver.machine
    driver.tell(.storeRead(reading))
    #expect((driver.machine != before) == Self.reading.contains(moment))
  }

  @Test func `tickets of a request and of a save are never the same`() {
    var driver = RestorationDriver.launched(at: 1_000)
    driver.tell(.answered(.numbered(1), .tokens(.numbered(2))))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.tell(.saved(.numbered(1))) == [])
    #expect(driver.tell(.answered(.numbered(2), .tokens(.numbered(3)))) == [])
    #expect(driver.tell(.saved(.numbered(2))) == [.stateChanged(.active), .accessRenewed])
  }
}
