// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The awaited effect that an answer is for: a ticket, as seen from the machine that created it.
///
/// Ticket numbers keep growing, so that two machines that are otherwise equal would differ in them.
/// A machine only compares tickets. Here they are named by the place where the machine keeps them.
struct TicketPlace: Hashable, Comparable {
  /// The awaited effect; for looks while signed out, any that still counts.
  static let awaited = TicketPlace(number: 0)
  /// A ticket that is no longer awaited: an answer with it changes nothing (promise A4).
  static let forgotten = TicketPlace(number: -1)
  /// The request of a session that ended here.
  static func abandoned(_ index: Int) -> TicketPlace { TicketPlace(number: index + 1) }

  let number: Int

  static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// An event with numbers in place of its values.
enum ExploredEvent: Hashable {
  case launched
  case timePassed
  case retryRequested
  case signedOutByUser
  case signedIn(answer: Int)
  case accessRefused(accessToken: Int)
  case storeRead(TicketPlace, ExploredContent)
  case saved(TicketPlace)
  case saveFailed(TicketPlace)
  case erased(TicketPlace)
  case eraseFailed(TicketPlace)
  case answered(TicketPlace, answer: Int)

  var isReading: Bool { if case .storeRead = self { true } else { false } }

  /// True for an answer with a ticket that is no longer awaited.
  var isForgotten: Bool {
    switch self {
    case .storeRead(let place, _), .saved(let place), .saveFailed(let place), .erased(let place),
      .eraseFailed(let place), .answered(let place, _):
      place == .forgotten
    case .launched, .timePassed, .retryRequested, .signedOutByUser, .signedIn, .accessRefused:
      false
    }
  }
}

/// The content of a store, or of a reading.
enum ExploredContent: Hashable {
  case locked, empty, corrupt
  case blob(Int)
}

/// An awaited effect.
enum ExploredEffect: Hashable {
  case readStore
  case save(blob: Int)
  case erase
  case refresh(Int, sendBefore: Int64)
}

/// The transition of a machine for an event.
struct ExploredTransition {
  let machine: Int
  let awaited: ExploredEffect?
  let revocation: Int?
  /// The time until the wake, if one was requested.
  let wake: Int64?
  /// True when a wake is due, requested by this event or overdue from an earlier one.
  let hasWake: Bool
  let before: SessionRestoration.State
  let state: SessionRestoration.State
  /// The access token in use, whether or not it has ended.
  let accessToken: Int?
  /// The new places of the tickets that were awaited: the awaited one, then the abandoned ones.
  let places: [TicketPlace]
  /// The property that the transition breaks by itself.
  let violation: ExplorationViolation?

  func place(of place: TicketPlace) -> TicketPlace {
    places.indices.contains(place.number) ? places[place.number] : .forgotten
  }
}

/// The machines of the app: the real ones, which handle an event once for each machine and moment.
///
/// Two machines are equal when all of their memory is, except for ticket numbers.
final class ExploredMachines {
  private struct Question: Hashable {
    let machine: Int
    let event: ExploredEvent
    let now: Int64
    let launch: Int
  }

  let server: ExploredServer
  let configuration: SessionRestoration.Configuration
  private let jitter: UInt64
  private var machines: [SessionRestoration] = []
  private var memories = Interner<SessionRestoration.Memory>()
  private var blobs = Interner<StoredSession.Blob>()
  private var readings: [Int: StoredSession.Reading] = [:]
  private var transitions: [Question: ExploredTransition] = [:]
  private var keys = Interner<Draw>()

  private struct Draw: Hashable {
    let event: ExploredEvent
    let now: Int64
    let launch: Int
  }

  init(
    server: ExploredServer, configuration: SessionRestoration.Configuration, jitter: UInt64
  ) {
    self.server = server
    self.configuration = configuration
    self.jitter = jitter
  }

  /// The machine of a number, which counts from 1.
  subscript(machine: Int) -> SessionRestoration { machines[machine - 1] }

  func makeMachine() -> Int { number(of: SessionRestoration(configuration: configuration)) }

  func blob(_ number: Int) -> StoredSession.Blob { blobs[number] }
  func number(of blob: StoredSession.Blob) -> Int { blobs.number(of: blob) }

  /// The request with a blob's refresh token and key; `nil` without a refresh token.
  func request(of blob: StoredSession.Blob) -> Int? {
    blob.refreshToken.map {
      server.number(
        of: ExploredRequest(refreshToken: Self.token($0.text), key: blob.idempotencyKey.text))
    }
  }

  /// The session and the generation of a blob's refresh token.
  func origin(of blob: StoredSession.Blob) -> (ordinal: Int, generation: Int64)? {
    blob.refreshToken.map { server.origin(of: Self.token($0.text)) }
  }

  /// The machine's transition for the event when the device's clock shows `now`.
  ///
  /// `launch` names the launch and the process: keys differ between them.
  func transition(
    _ machine: Int, _ event: ExploredEvent, at now: Int64, launch: Int
  ) -> ExploredTransition {
    let question = Question(machine: machine, event: event, now: now, launch: launch)
    if let transition = transitions[question] { return transition }
    let before = self[machine]
    var after = before
    let date = ExploredServer.date(now)
    let realEvent = real(event, for: before.memory)
    var generator = numbers(for: event, at: now, launch: launch)
    let effects = after.handle(realEvent, at: date, using: &generator)
    let check = TransitionCheck(
      before: before, event: realEvent, effects: effects, after: after, now: date)
    let transition = ExploredTransition(
      machine: number(of: after), awaited: effects.last.flatMap { explored($0) },
      revocation: effects.compactMap { effect in
        if case .sendRevocation(let token) = effect { Self.token(token) } else { nil }
      }.first,
      wake: effects.compactMap { effect in
        if case .wake(let delay) = effect { delay.clampedSeconds } else { nil }
      }.first,
      hasWake: after.memory.isWaiting, before: before.state, state: after.state,
      accessToken: after.memory.session?.inUse.map { Self.token($0.accessToken.text) },
      places: places(of: before.memory, in: after.memory), violation: check.violation)
    transitions[question] = transition
    return transition
  }

  // MARK: Numbers for values

  /// A key is new wherever a real one would be; the jitter is the scenario's, so that it does not
  /// multiply the worlds.
  private func numbers(for event: ExploredEvent, at now: Int64, launch: Int) -> GivenNumbers {
    switch event {
    case .signedIn, .answered:
      let key = UInt64(keys.number(of: Draw(event: event, now: now, launch: launch)))
      if case .signedIn = event { return GivenNumbers([key, key, key], then: jitter) }
      return GivenNumbers([key, key], then: jitter)
    default: return GivenNumbers([], then: jitter)
    }
  }

  private static func token(_ text: String) -> Int { Int(text.dropFirst()) ?? -1 }

  private func number(of machine: SessionRestoration) -> Int {
    let number = memories.number(of: Self.canonical(machine.memory))
    if number > machines.count { machines.append(machine) }
    return number
  }

  /// A memory whose tickets are numbered by their places.
  static func canonical(_ memory: SessionRestoration.Memory) -> SessionRestoration.Memory {
    func ticket(_ number: Int) -> SessionRestoration.Ticket {
      SessionRestoration.Ticket(machine: 0, number: UInt64(number))
    }
    var canonical = memory
    canonical.lastTicket = 0
    canonical.ticketWord = memory.ticketWord == nil ? nil : 0
    canonical.awaited = memory.awaited.map { awaited in
      let isLook = if case .look = awaited.kind { true } else { false }
      return SessionRestoration.AwaitedEffect(
        kind: isLook ? .look(first: 1) : awaited.kind, ticket: ticket(1), wait: awaited.wait)
    }
    for (index, awaited) in memory.abandoned.enumerated() {
      canonical.abandoned[index] = SessionRestoration.AwaitedEffect(
        kind: awaited.kind, ticket: ticket(index + 2), wait: awaited.wait)
    }
    return canonical
  }

  private func places(
    of before: SessionRestoration.Memory, in after: SessionRestoration.Memory
  ) -> [TicketPlace] {
    func place(of ticket: SessionRestoration.Ticket) -> TicketPlace {
      if let awaited = after.awaited {
        if awaited.ticket == ticket { return .awaited }
        if case .look(let first) = awaited.kind, ticket.number >= first { return .awaited }
      }
      return after.abandoned.firstIndex { $0.ticket == ticket }.map { .abandoned($0) }
        ?? .forgotten
    }
    return [before.awaited.map { place(of: $0.ticket) } ?? .forgotten]
      + before.abandoned.map { place(of: $0.ticket) }
  }

  private func ticket(
    _ place: TicketPlace, of memory: SessionRestoration.Memory
  ) -> SessionRestoration.Ticket {
    let forgotten = SessionRestoration.Ticket(machine: 0, number: 0)
    if place == .awaited { return memory.awaited?.ticket ?? forgotten }
    let index = place.number - 1
    return memory.abandoned.indices.contains(index) ? memory.abandoned[index].ticket : forgotten
  }

  // MARK: Real events and effects

  private func real(
    _ event: ExploredEvent, for memory: SessionRestoration.Memory
  ) -> SessionRestoration.Event {
    switch event {
    case .launched: return .launched
    case .timePassed: return .timePassed
    case .retryRequested: return .retryRequested
    case .signedOutByUser: return .signedOutByUser
    case .signedIn(let answer):
      guard case .tokens(let response) = server.answers[answer].real else { return .timePassed }
      return .signedIn(response)
    case .accessRefused(let token): return .accessRefused(accessToken: "a\(token)")
    case .storeRead(let place, let content):
      return .storeRead(ticket(place, of: memory), reading(content))
    case .saved(let place): return .saved(ticket(place, of: memory))
    case .saveFailed(let place): return .saveFailed(ticket(place, of: memory))
    case .erased(let place): return .erased(ticket(place, of: memory))
    case .eraseFailed(let place): return .eraseFailed(ticket(place, of: memory))
    case .answered(let place, let answer):
      return .answered(ticket(place, of: memory), server.answers[answer].real)
    }
  }

  /// The result of reading the store, by way of the bytes.
  private func reading(_ content: ExploredContent) -> StoredSession.Reading {
    switch content {
    case .locked: return .locked
    case .empty: return StoredSession.Reading(bytes: [UInt8]?.none)
    case .corrupt: return StoredSession.Reading(bytes: Array("{}".utf8))
    case .blob(let number):
      if let reading = readings[number] { return reading }
      let reading = StoredSession.Reading(bytes: StoredSession(blob: blobs[number]).bytes)
      readings[number] = reading
      return reading
    }
  }

  private func explored(_ effect: SessionRestoration.Effect) -> ExploredEffect? {
    switch effect {
    case .readStore: .readStore
    case .save(let session, _): .save(blob: blobs.number(of: session.blob))
    case .erase: .erase
    case .refresh(let request, _):
      .refresh(
        server.number(
          of: ExploredRequest(
            refreshToken: Self.token(request.refreshToken), key: request.idempotencyKey)),
        sendBefore: (request.sendBefore - ExploredServer.epoch).clampedSeconds)
    case .sessionInUse, .stateChanged, .accessRenewed, .wake, .sendRevocation: nil
    }
  }
}

extension SessionRestoration.Memory {
  /// True during a pause, or while an answer is awaited whose absence the machine notices by
  /// itself.
  fileprivate var isWaiting: Bool {
    switch awaited?.kind {
    case .read?, .save?, .erase?, .refresh?: true
    case .look?, nil: pause != nil
    }
  }
}
