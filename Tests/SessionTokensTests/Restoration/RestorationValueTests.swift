// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The machine is a plain value, and no operation takes longer with its age.
@Suite struct RestorationValueTests {
  private static func requireKey(_ type: (some Hashable & Sendable).Type) {}
  private static func requireValue(_ type: (some Equatable & Sendable).Type) {}

  @Test func `all its types are Equatable and Sendable, and keys are Hashable`() {
    Self.requireValue(SessionRestoration.self)
    Self.requireValue(SessionRestoration.Configuration.self)
    Self.requireValue(SessionRestoration.Event.self)
    Self.requireValue(SessionRestoration.Effect.self)
    Self.requireKey(SessionRestoration.State.self)
    Self.requireValue(SessionRestoration.Access.self)
    Self.requireKey(SessionRestoration.SignInReason.self)
    Self.requireValue(SessionRestoration.RefreshRequest.self)
    Self.requireKey(SessionRestoration.Ticket.self)
    Self.requireKey(SessionRestoration.Suspension.self)
    Self.requireKey(SessionRestoration.Memory.self)
    Self.requireValue(StoredSession.self)
    Self.requireValue(StoredSession.Reading.self)
    Self.requireValue(RefreshAnswer.self)
  }

  @Test func `a copy is independent of the original`() {
    let driver = RestorationMoment.awaitingAnswer.driver()
    var copy = driver
    copy.tell(.signedOutByUser)
    #expect(driver.state == .refreshing)
    #expect(driver.machine != copy.machine)
  }

  @Test(arguments: RestorationMoment.allCases)
  func `equal values have equal hashes, and each moment differs from the others`(
    _ moment: RestorationMoment
  ) {
    let machine = moment.driver().machine
    #expect(machine == moment.driver().machine)
    #expect(machine.memory.hashValue == moment.driver().machine.memory.hashValue)
    let equals = RestorationMoment.allCases.filter { $0.driver().machine == machine }
    #expect(equals == [moment])
    #expect(
      Set(RestorationMoment.allCases.map { $0.driver().machine.memory }).count
        == RestorationMoment.allCases.count)
  }

  @Test func `keys, names, words and pauses come only from the generator`() {
    func effects(_ seed: UInt64) -> [SessionRestoration.Effect] {
      var (source, machine) = (SeededGenerator(seed: seed), SessionRestoration())
      let now = NumericDate.receipt(1_000)
      let read = machine.handle(.signedIn(.numbered(2)), at: now, using: &source)
      let ticket = read.last?.ticket ?? .numbered(0)
      return read + machine.handle(.storeRead(ticket, .empty), at: now, using: &source)
    }
    #expect(effects(1) == effects(1))
    #expect(effects(1) != effects(2))
  }

  /// The blob that a sign-in saves, by the system's generator.
  private static func savedSession() -> StoredSession? {
    var machine = SessionRestoration()
    let read = machine.handle(.signedIn(.numbered(2)), at: .receipt(0))
    let ticket = read.last?.ticket ?? .numbered(0)
    let save = machine.handle(.storeRead(ticket, .empty), at: .receipt(0))
    guard case .save(let session, _)? = save.last else { return nil }
    return session
  }

  @Test func `a key has 128 bits and a name 64, new for each sign-in`() throws {
    let sessions = try (0..<1_000).map { _ in try #require(Self.savedSession()) }
    #expect(Set(sessions.map(\.blob.idempotencyKey.text)).count == sessions.count)
    #expect(Set(sessions.map(\.blob.name)).count == sessions.count)
    #expect(sessions.allSatisfy { $0.blob.idempotencyKey.text.utf8.count == 22 })
    #expect(sessions.allSatisfy { IdempotencyKeys.accepted($0.blob.idempotencyKey.text) != nil })
    #expect(sessions.allSatisfy { $0.blob.name.text.utf8.count == 11 })
    // The two halves of a key are drawn apart from each other, and from the name.
    #expect(
      sessions.allSatisfy { session in
        let bytes = Base64URL.decode(session.blob.idempotencyKey.text.utf8) ?? []
        return bytes.prefix(8) != bytes.suffix(8)
      })
  }

  @Test func `each answer has its own key, and the name of the session`() {
    var driver = RestorationDriver.launched(at: 1_000)
    driver.source.word = 0x0123_4567_89ab_cdef
    driver.answer(.tokens(2))
    driver.read(.numbered(1))
    #expect(
      driver.machine.memory.session?.newest.idempotencyKey.text == "ASNFZ4mrze8BI0VniavN7w")
    #expect(driver.machine.memory.session?.newest.name == SessionName(bits: 1))
  }

  @Test func `a thousand refreshes change only the count of tickets`() {
    var driver = RestorationDriver.launched(at: 0)
    var stored = StoredSession.numbered(1)
    var sizes: Set<Int> = []
    for number in 1...1_000 as ClosedRange<Int64> {
      let now = number * 1_000
      #expect(
        driver.tell(.timePassed, at: now) == [.stateChanged(.refreshing), .wake(60), .readStore])
      #expect(driver.read(stored) == [.refresh(stored, before: now + 60)])
      driver.answer(.tokens(2))
      driver.read(stored)
      stored = .renewed(2, at: now)
      #expect(
        driver.saved() == [.stateChanged(.active)] + (number == 1 ? [.accessRenewed] : []))
      sizes.insert(Self.nodeCount(driver.machine.memory))
    }
    #expect(sizes.count == 1)
    #expect(driver.machine.memory.failureCount == 0)
    #expect(driver.machine.memory.lastTicket == 4_001)
  }

  /// The values that a value consists of.
  private static func nodeCount(_ value: Any) -> Int {
    Mirror(reflecting: value).children.reduce(1) { $0 + nodeCount($1.value) }
  }
}
