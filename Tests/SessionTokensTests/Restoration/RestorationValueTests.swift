import Testing

@testable import SessionTokens

/// The machine is a plain value, and no work grows with its age.
@Suite struct RestorationValueTests {
  private static func requireKey(_ type: (some Hashable & Sendable).Type) {}
  private static func requireValue(_ type: (some Equatable & Sendable).Type) {}

  @Test func `all its types are compared and may be sent, keys are hashable`() {
    Self.requireValue(SessionRestoration.self)
    Self.requireValue(SessionRestoration.Configuration.self)
    Self.requireValue(SessionRestoration.Event.self)
    Self.requireValue(SessionRestoration.Effect.self)
    Self.requireKey(SessionRestoration.State.self)
    Self.requireValue(SessionRestoration.Access.self)
    Self.requireKey(SessionRestoration.SignInReason.self)
    Self.requireValue(SessionRestoration.RefreshRequest.self)
    Self.requireKey(SessionRestoration.Ticket.self)
    Self.requireValue(StoredSession.self)
    Self.requireValue(StoredSession.Reading.self)
    Self.requireValue(RefreshAnswer.self)
  }

  @Test func `a copy goes its own way`() {
    let driver = RestorationMoment.awaitingAnswer.driver()
    var copy = driver
    copy.tell(.signedOutByUser)
    #expect(driver.state == .refreshing)
    #expect(driver.machine != copy.machine)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `equal values hash equally, and every phase differs from the others`(
    _ moment: RestorationMoment
  ) {
    let machine = moment.driver().machine
    #expect(machine == moment.driver().machine)
    #expect(machine.hashValue == moment.driver().machine.hashValue)
    let equals = RestorationMoment.allCases.filter { $0.driver().machine == machine }
    #expect(equals == [moment])
  }

  @Test func `keys and pauses come from the generator alone`() throws {
    var (first, second) = (SeededGenerator(seed: 1), SeededGenerator(seed: 2))
    var machine = RestorationMoment.signedOut.driver().machine
    var copy = machine
    let now = NumericDate.receipt(1_000)
    let one = machine.handle(.signedIn(.numbered(2)), at: now, using: &first)
    let two = copy.handle(.signedIn(.numbered(2)), at: now, using: &second)
    #expect(one != two)
    var (again, third) = (
      RestorationMoment.signedOut.driver().machine, SeededGenerator(seed: 1)
    )
    #expect(again.handle(.signedIn(.numbered(2)), at: now, using: &third) == one)
    #expect(again == machine)
  }

  @Test func `a key is 128 bits of the generator, new for each answer`() {
    var source = SeededGenerator(seed: 3)
    let keys = (0..<1_000).map { _ in
      StoredSession(.numbered(2), at: .receipt(0), using: &source).idempotencyKey
    }
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.utf8.count == 22 && IdempotencyKeys.accepted($0) != nil })
    var constant = ConstantSource(word: 0x0123_4567_89ab_cdef)
    #expect(
      StoredSession(.numbered(2), at: .receipt(0), using: &constant).idempotencyKey
        == "ASNFZ4mrze8BI0VniavN7w")
  }

  @Test func `the system's generator is used where none is given`() throws {
    var keys: Set<String> = []
    for _ in 0..<2 {
      var machine = RestorationMoment.signedOut.driver().machine
      let effects = machine.handle(.signedIn(.numbered(2)), at: .receipt(0))
      guard case .save(let session, _)? = effects.last else { continue }
      keys.insert(session.idempotencyKey)
    }
    #expect(keys.count == 2)
  }

  @Test func `ten thousand refreshes leave no trace but the count of tickets`() {
    var driver = RestorationDriver.launched(at: 0)
    var stored = StoredSession.numbered(1)
    let size = Self.nodeCount(driver.machine.phase)
    for number in 1...10_000 as ClosedRange<Int64> {
      let now = number * 1_000
      #expect(driver.tell(.timePassed, at: now) == [.stateChanged(.refreshing), .readStore])
      let ticket = UInt64(2 * number - 1)
      #expect(driver.tell(.storeRead(.found(stored))) == .sending(stored, ticket))
      driver.tell(.answered(.numbered(ticket), .tokens(.numbered(2))))
      driver.tell(.storeRead(.found(stored)))
      stored = .renewed(2, at: now)
      let effects = driver.tell(.saved(.numbered(ticket + 1)))
      #expect(effects == [.stateChanged(.active)] + (number == 1 ? [.accessRenewed] : []))
    }
    #expect(Self.nodeCount(driver.machine.phase) == size)
    #expect(driver.machine.failureCount == 0)
    #expect(driver.machine.unansweredReads == 0)
  }

  /// The values that a value is made of.
  private static func nodeCount(_ value: Any) -> Int {
    Mirror(reflecting: value).children.reduce(1) { $0 + nodeCount($1.value) }
  }
}
