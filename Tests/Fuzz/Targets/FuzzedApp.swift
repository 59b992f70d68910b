@testable import SessionTokens

/// An app that performs what the machine asks for, with a store, a network and a clock that do
/// anything; a hostile one also tells of what was never asked.
struct FuzzedApp {
  typealias Machine = SessionRestoration

  var machine: Machine
  let isHostile: Bool
  var generator = SeededGenerator(seed: 7)
  var now = FuzzKeys.now

  /// What the store holds; `nil` when nothing.
  var store: StoredSession?
  var isWaked = false
  var unansweredReads = 0
  var saves: [Machine.Ticket: StoredSession] = [:]
  var sends: [Machine.Ticket: Machine.RefreshRequest] = [:]
  /// Tickets that were answered: they are nothing any more.
  var spent: [Machine.Ticket] = []
  /// What sign-ins and answers have brought since the last sign-out.
  var offered: [TokenResponse] = []
  var wasRefused = false
  var lastSent: Machine.RefreshRequest?

  init(_ configuration: Machine.Configuration, isHostile: Bool) {
    machine = Machine(configuration: configuration)
    self.isHostile = isHostile
  }

  /// One thing happens.
  mutating func step(_ input: inout FuzzInput) {
    switch input.choice(4) {
    case 0: now = input.date(near: now)
    case 1: now = now + .seconds(Int64(input.byte()))
    default: break
    }
    switch input.choice(12) {
    case 0: tell(.launched)
    case 1, 2: answerRead(&input)
    case 3: answerSave(&input)
    case 4, 5: answerSend(&input)
    case 6:
      let response = input.response()
      offered.append(response)
      tell(.signedIn(response))
    case 7:
      if isWaked { isWaked = input.choice(8) == 0 }
      tell(.timePassed)
    case 8: tell(.accessRefused(accessToken: "access-\(input.choice(8))"))
    case 9:
      offered.removeAll()
      tell(.signedOutByUser)
    case 10: store = input.flag() ? input.storedSession(at: now) : nil
    default: repeatAnswer(&input)
    }
  }

  private mutating func answerRead(_ input: inout FuzzInput) {
    guard unansweredReads > 0 || isHostile else { return }
    unansweredReads = max(0, unansweredReads - 1)
    switch input.choice(8) {
    case 0: tell(.storeRead(.locked))
    case 1: tell(.storeRead(.corrupt))
    default: tell(.storeRead(store.map { .found($0) } ?? .empty))
    }
  }

  private mutating func answerSave(_ input: inout FuzzInput) {
    let tickets = saves.keys.sorted { $0.number < $1.number }
    guard !tickets.isEmpty else { return }
    let ticket = input.pick(tickets)
    let session = saves.removeValue(forKey: ticket)
    spent.append(ticket)
    if input.choice(4) == 0 {
      tell(.saveFailed(ticket))
    } else {
      store = session
      tell(.saved(ticket))
    }
  }

  private mutating func answerSend(_ input: inout FuzzInput) {
    let tickets = sends.keys.sorted { $0.number < $1.number }
    guard !tickets.isEmpty else { return }
    let ticket = input.pick(tickets)
    sends[ticket] = nil
    spent.append(ticket)
    let answer = input.answer()
    switch answer {
    case .tokens(let response): offered.append(response)
    case .refused(let code): wasRefused = wasRefused || code.isDefinitive
    case .unavailable: break
    @unknown default: require(false, "every answer is known")
    }
    tell(.answered(ticket, answer))
  }

  /// An answer that came before, or to a ticket that was never given.
  private mutating func repeatAnswer(_ input: inout FuzzInput) {
    let never = Machine.Ticket(number: .max)
    let ticket = spent.isEmpty ? never : input.pick(spent + [never])
    let before = machine
    let event: Machine.Event =
      switch input.choice(3) {
      case 0: .saved(ticket)
      case 1: .saveFailed(ticket)
      default: .answered(ticket, input.answer())
      }
    tell(event)
    require(machine == before, "an answer that nobody awaits changes nothing")
  }

  private mutating func tell(_ event: Machine.Event) {
    let before = machine.state
    let effects = machine.handle(event, at: now, using: &generator)
    check(effects, of: event, before)
    for effect in effects { perform(effect) }
    check(after: event)
  }

  private mutating func perform(_ effect: Machine.Effect) {
    switch effect {
    case .readStore: unansweredReads += 1
    case .save(let session, let ticket):
      require(saves.updateValue(session, forKey: ticket) == nil, "a ticket is given once")
    case .send(let request, let ticket):
      require(sends.updateValue(request, forKey: ticket) == nil, "a ticket is given once")
      lastSent = request
    case .erase: store = nil
    case .wake: isWaked = true
    case .stateChanged, .accessRenewed, .sendRevocation: break
    }
  }
}
