// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// An app that performs the machine's effects, with an arbitrary store, network and clock, and
/// answers that are lost, late or repeated.
struct FuzzedApp {
  typealias Machine = SessionRestoration

  var machine: Machine
  let requestTimeout: Duration
  var generator = SeededGenerator(seed: 7)
  var now = FuzzKeys.now

  /// The content of the store.
  var store = StoredSession.Reading.empty
  /// True while a timer of the app runs that will report passed time.
  var isWaked = false
  /// The effects that aren't answered yet.
  var pending: [Machine.Effect] = []
  /// The tickets that were answered.
  var answered: [Machine.Ticket] = []
  /// The access and refresh tokens of sign-ins, answers and the store.
  var offered: [TokenResponse] = []
  var refusals: [Refusal.Code] = []

  // The bound on requests: 20, one for each 90 s of forward movement, one for each short life,
  // and one for each retryRequested.
  var requestCount = 0
  var forward = Duration.zero
  var exceptionCount = 0

  init(_ configuration: Machine.Configuration) {
    machine = Machine(configuration: configuration)
    requestTimeout = configuration.requestTimeout
  }

  /// Performs one random step.
  mutating func step(_ input: inout FuzzInput) {
    switch input.choice(4) {
    case 0: move(to: input.date(near: now))
    case 1: move(to: now + .seconds(Int64(input.byte())))
    default: break
    }
    switch input.choice(14) {
    case 0: tell(.launched)
    case 1, 2, 3, 4: answerOne(&input)
    case 5: performOneUnseen(&input)
    case 6:
      let response = input.response()
      offered.append(response)
      tell(.signedIn(response))
    case 7, 8:
      if isWaked { isWaked = input.choice(8) == 0 }
      tell(.timePassed)
    case 9: tell(.accessRefused(accessToken: "access-\(input.choice(8))"))
    case 10: tell(.signedOutByUser)
    case 11: replaceStore(&input)
    case 12:
      exceptionCount += 1
      tell(.retryRequested)
    default: repeatAnswer(&input)
    }
  }

  /// From now on store, network, server and clock are well: the machine must come to rest.
  mutating func settle() {
    move(to: FuzzKeys.now)
    tell(.launched)
    for _ in 0..<(100 + pending.count) {
      if let effect = pending.popLast() {
        answer(effect, .tokens(Self.goodTokens))
      } else if machine.state == .active || isSignedOut, machine.memory.pause == nil {
        return
      } else {
        let delay = machine.memory.wakeAt.map { $0 - now } ?? .seconds(1)
        move(to: now + max(.seconds(1), delay))
        tell(.timePassed)
      }
    }
    require(false, "a machine in a world that is well is active or signed out")
  }

  private static let goodTokens = fixture {
    try TokenResponse(
      accessToken: "access-well", expiresIn: .seconds(900), refreshToken: "refresh-well",
      refreshTokenExpiresIn: nil)
  }

  private var isSignedOut: Bool {
    if case .signedOut = machine.state { true } else { false }
  }

  private mutating func move(to date: NumericDate) {
    if date > now { forward = forward + (date - now) }
    now = date
  }

  /// Answers an effect, awaited or given up, in any possible way.
  private mutating func answerOne(_ input: inout FuzzInput) {
    guard !pending.isEmpty else { return }
    let effect = pending.remove(at: input.choice(pending.count))
    switch (effect, input.choice(8)) {
    case (.readStore(let ticket), 0): tell(.storeRead(ticket, .locked), for: ticket)
    case (.readStore(let ticket), 1): tell(.storeRead(ticket, .corrupt), for: ticket)
    case (.readStore(let ticket), 2): tell(.storeRead(ticket, .empty), for: ticket)
    case (.save(_, let ticket), 0): tell(.saveFailed(ticket), for: ticket)
    case (.save(let session, let ticket), 1):
      store = .found(session)
      tell(.saveFailed(ticket), for: ticket)
    case (.erase(let ticket), 0): tell(.eraseFailed(ticket), for: ticket)
    default: answer(effect, input.answer())
    }
  }

  /// Performs an effect of the store without answering it.
  private mutating func performOneUnseen(_ input: inout FuzzInput) {
    guard !pending.isEmpty else { return }
    switch pending.remove(at: input.choice(pending.count)) {
    case .save(let session, _): store = .found(session)
    case .erase: store = .empty
    default: break
    }
  }

  private mutating func answer(_ effect: Machine.Effect, _ answer: RefreshAnswer) {
    switch effect {
    case .readStore(let ticket):
      if case .found(let session) = store { offered.append(session.tokens) }
      tell(.storeRead(ticket, store), for: ticket)
    case .save(let session, let ticket):
      store = .found(session)
      tell(.saved(ticket), for: ticket)
    case .erase(let ticket):
      store = .empty
      tell(.erased(ticket), for: ticket)
    case .refresh(_, let ticket):
      switch answer {
      case .tokens(let response):
        offered.append(response)
        if response.expiresIn < .seconds(240) { exceptionCount += 1 }
      case .refused(let code): refusals.append(code)
      default: break
      }
      tell(.answered(ticket, answer), for: ticket)
    default: require(false, "only these are awaited")
    }
  }

  /// Another process writes, or a backup comes back.
  private mutating func replaceStore(_ input: inout FuzzInput) {
    switch input.choice(4) {
    case 0: store = .empty
    case 1: store = .corrupt
    default: store = .found(input.storedSession(at: now))
    }
  }

  /// An answer that came before, or that belongs to another machine.
  private mutating func repeatAnswer(_ input: inout FuzzInput) {
    let foreign = Machine.Ticket(machine: 1, number: UInt64(input.byte()))
    let ticket = input.pick(answered + [foreign])
    let before = machine
    let event: Machine.Event =
      switch input.choice(6) {
      case 0: .storeRead(ticket, .found(input.storedSession(at: now)))
      case 1: .saved(ticket)
      case 2: .saveFailed(ticket)
      case 3: .erased(ticket)
      case 4: .eraseFailed(ticket)
      default: .answered(ticket, input.answer())
      }
    let effects = machine.handle(event, at: now, using: &generator)
    require(
      machine == before && effects.isEmpty, "an answer that nobody awaits changes nothing"
    )
  }

  private mutating func tell(_ event: Machine.Event, for ticket: Machine.Ticket) {
    tell(event)
    // An answer that came too late is awaited again when the clock is set back.
    let isStillAwaited = machine.memory.abandoned.contains { $0.ticket == ticket }
    if !isStillAwaited { answered.append(ticket) }
  }

  private mutating func tell(_ event: Machine.Event) {
    let before = machine
    let effects = machine.handle(event, at: now, using: &generator)
    for effect in effects {
      switch effect {
      case .readStore, .save, .erase: pending.append(effect)
      case .refresh:
        requestCount += 1
        pending.append(effect)
      case .wake: isWaked = true
      case .sessionInUse, .stateChanged, .accessRenewed, .sendRevocation: break
      }
    }
    check(effects, of: event, before)
  }
}

extension StoredSession {
  /// The tokens that a blob holds.
  var tokens: TokenResponse {
    fixture {
      try TokenResponse(
        accessToken: blob.accessToken.text, expiresIn: blob.expiresIn,
        refreshToken: blob.refreshToken?.text, refreshTokenExpiresIn: blob.refreshTokenExpiresIn)
    }
  }
}
