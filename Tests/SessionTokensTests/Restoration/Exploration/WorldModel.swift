// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A step of a world.
enum ExploredStep: Hashable {
  case launch(Int)
  case crash(Int)
  /// The first pending work on the store is done.
  case work(Int, WorkOutcome, isLate: Bool)
  case lateAnswer(Int)
  case send(Int)
  case tell(Int, ExploredEvent)
  case serverHandles(ExploredMessage, keepingCopy: Bool)
  case serverFails(ExploredMessage, answer: Int)
  case arrives(ExploredMessage, keepingCopy: Bool)
  case isLost(ExploredMessage)
  case storeLocks
  case storeUnlocks
  case storeIsCorrupted(Int)
  case timeIs(Int64)
  case clockIsOff(by: Int64)
}

enum WorkOutcome: Hashable {
  case reads(ExploredContent)
  case succeeds
  case fails(isDone: Bool)
}

/// The rules of a world: its next steps, and their results.
///
/// Events reach a process at any moment, even between two of its effects. The work on a store is
/// done one piece after another, in its order; an answer may be late, an operation never is. A
/// server handles a request at once.
final class WorldModel {
  let scenario: ExplorationScenario
  let server: ExploredServer
  let machines: ExploredMachines
  let start: ExploredWorld
  /// Answers of a server in trouble.
  private let troubles: [Int]

  init(_ scenario: ExplorationScenario) throws {
    self.scenario = scenario
    server = try ExploredServer(scenario.server, window: scenario.window)
    machines = ExploredMachines(
      server: server,
      configuration: try SessionRestoration.Configuration(
        sharesStore: scenario.sharesStore ?? (scenario.processes > 1)),
      jitter: scenario.jitter)
    troubles = [
      server.number(of: .unreachable),
      server.number(of: .unavailable(retryAfter: 30, code: .clockSkew)),
    ]
    let (stores, record) = try Self.stores(scenario, server, machines)
    var processes = Array(repeating: ExploredProcess(store: 0), count: scenario.processes)
    if scenario.copyBehind != nil { processes.append(ExploredProcess(store: 1)) }
    start = ExploredWorld(
      time: scenario.start, faults: scenario.faults, userActs: scenario.userActs, stores: stores,
      records: [record], processes: processes)
  }

  /// The stores at the start: the newest blob, and perhaps a copy of one some generations ago.
  private static func stores(
    _ scenario: ExplorationScenario, _ server: ExploredServer, _ machines: ExploredMachines
  ) throws -> (stores: [ExploredContent], record: Int) {
    let opening = try server.open(0, at: 0)
    var record = opening.record
    var blobs: [StoredSession.Blob] = []
    func add(_ answer: Int, at time: Int64) {
      guard case .tokens(let response) = server.answers[answer].real else { return }
      let hasRefreshToken = scenario.initialStore != .sessionWithoutRefreshToken
      blobs.append(
        StoredSession.Blob(
          tokens: TokenResponse(
            access: SecretString(response.accessToken), expiresIn: response.expiresIn,
            refresh: hasRefreshToken ? response.refreshToken.map { SecretString($0) } : nil,
            refreshTokenExpiresIn: hasRefreshToken ? response.refreshTokenExpiresIn : nil),
          receivedAt: ExploredServer.date(time),
          idempotencyKey: Identifier128(high: UInt64.max, low: UInt64(blobs.count)),
          name: SessionName(bits: UInt64.max), signedInAt: ExploredServer.epoch))
    }
    add(opening.answer, at: 0)
    for time in 0..<Int64(scenario.copyBehind ?? 0) {
      guard let request = blobs.last.flatMap({ machines.request(of: $0) }) else { break }
      let decision = server.decide(request, record: record, at: time + 1)
      record = decision.record
      add(decision.answer, at: time + 1)
    }
    let numbers = blobs.map { machines.number(of: $0) }
    let first: ExploredContent =
      switch scenario.initialStore {
      case .empty: .empty
      case .corrupt: .corrupt
      case .session, .sessionWithoutRefreshToken: .blob(numbers[numbers.count - 1])
      }
    return ([first] + (scenario.copyBehind == nil ? [] : [.blob(numbers[0])]), record)
  }

  // MARK: Next steps

  /// Returns every possible next step of a world.
  func steps(from world: ExploredWorld) -> [ExploredStep] {
    var steps: [ExploredStep] = []
    for index in world.processes.indices { addSteps(of: index, in: world, to: &steps) }
    for message in world.messages { addSteps(of: message, in: world, to: &steps) }
    if world.isLocked {
      steps.append(.storeUnlocks)
    } else if may(.storeLock, in: world) {
      steps.append(.storeLocks)
    }
    if may(.corruption, in: world), world.stores[0] != .corrupt {
      steps.append(.storeIsCorrupted(0))
    }
    if let next = scenario.moments.first(where: { $0 > world.time }) { steps.append(.timeIs(next)) }
    if may(.clockJump, in: world) {
      for offset in scenario.offsets where offset != world.offset {
        steps.append(.clockIsOff(by: offset))
      }
    }
    return steps
  }

  /// True when that fault may still happen.
  private func may(_ fault: ExplorationFault, in world: ExploredWorld) -> Bool {
    world.faults > 0 && scenario.kinds.contains(fault)
  }

  private func addSteps(
    of index: Int, in world: ExploredWorld, to steps: inout [ExploredStep]
  ) {
    let process = world.processes[index]
    guard process.machine != nil else {
      // Processes of one device are alike: they launch in order.
      let isNext =
        index == 0 || world.processes[index - 1].store != process.store
        || world.processes[index - 1].launches > 0
      if isNext { steps.append(.launch(index)) }
      return
    }
    if let work = process.work.first, mayWork(index, in: world) {
      for outcome in outcomes(of: work, process, in: world) {
        steps.append(.work(index, outcome, isLate: false))
        if may(.lateAnswer, in: world), !isFault(outcome, of: work, process, in: world) {
          steps.append(.work(index, outcome, isLate: true))
        }
      }
    }
    if !process.lateAnswers.isEmpty { steps.append(.lateAnswer(index)) }
    if !process.unsent.isEmpty { steps.append(.send(index)) }
    steps.append(.tell(index, .timePassed))
    if scenario.hasRetries { steps.append(.tell(index, .retryRequested)) }
    if may(.laggingResourceServer, in: world), let accessToken = process.published {
      steps.append(.tell(index, .accessRefused(accessToken: accessToken)))
    }
    if world.userActs > 0 {
      steps.append(.tell(index, .signedOutByUser))
      // Its answer is computed with the step.
      steps.append(.tell(index, .signedIn(answer: 0)))
    }
    if may(.crash, in: world) { steps.append(.crash(index)) }
  }

  /// True when no other process holds the lock of the store.
  func mayWork(_ index: Int, in world: ExploredWorld) -> Bool {
    !world.processes.indices.contains {
      $0 != index && world.processes[$0].holdsLock
        && world.processes[$0].store == world.processes[index].store
    }
  }

  /// The store's answer when all is well.
  func outcome(
    of work: StoreWork, _ process: ExploredProcess, in world: ExploredWorld
  ) -> WorkOutcome {
    switch work.kind {
    case .read:
      if scenario.readsOnce, let content = process.lastRead { return .reads(content) }
      return .reads(world.isLocked ? .locked : world.stores[process.store])
    case .save, .erase: return world.isLocked ? .fails(isDone: false) : .succeeds
    }
  }

  private func outcomes(
    of work: StoreWork, _ process: ExploredProcess, in world: ExploredWorld
  ) -> [WorkOutcome] {
    var outcomes = [outcome(of: work, process, in: world)]
    guard !world.isLocked else { return outcomes }
    switch work.kind {
    case .read:
      if may(.oddReading, in: world), case .reads(.blob) = outcomes[0] {
        outcomes += [.reads(.empty), .reads(.corrupt)]
      }
    case .save, .erase:
      if may(.failedWrite, in: world) {
        outcomes += [.fails(isDone: false), .fails(isDone: true)]
      }
    }
    return outcomes
  }

  private func isFault(
    _ outcome: WorkOutcome, of work: StoreWork, _ process: ExploredProcess, in world: ExploredWorld
  ) -> Bool {
    outcome != self.outcome(of: work, process, in: world)
  }

  private func addSteps(
    of message: ExploredMessage, in world: ExploredWorld, to steps: inout [ExploredStep]
  ) {
    switch message.content {
    case .request:
      steps.append(.serverHandles(message, keepingCopy: false))
      if may(.repeatedMessage, in: world) {
        steps.append(.serverHandles(message, keepingCopy: true))
      }
      if may(.serverTrouble, in: world) {
        steps += troubles.map { .serverFails(message, answer: $0) }
      }
    case .revocation: steps.append(.serverHandles(message, keepingCopy: false))
    case .answer:
      steps.append(.arrives(message, keepingCopy: false))
      if may(.repeatedMessage, in: world) { steps.append(.arrives(message, keepingCopy: true)) }
      if may(.lostMessage, in: world) { steps.append(.serverFails(message, answer: troubles[0])) }
    }
    if may(.lostMessage, in: world) { steps.append(.isLost(message)) }
  }

  // MARK: Results

  /// The world after a step.
  func world(
    after step: ExploredStep, from world: ExploredWorld
  ) throws(ExplorationViolation) -> ExploredWorld {
    var next = world
    switch step {
    case .launch(let index):
      next.processes[index].launches += 1
      next.processes[index].machine = machines.makeMachine()
      try handle(.launched, index, &next)
    case .crash(let index):
      next.faults -= 1
      crash(index, &next)
    case .work(let index, let outcome, let isLate):
      try work(index, outcome, isLate: isLate, &next)
    case .lateAnswer(let index):
      let answer = next.processes[index].lateAnswers.removeFirst()
      try handle(answer, index, &next)
    case .send(let index): try send(index, &next)
    case .tell(let index, let event): try tell(event, index, &next)
    case .serverHandles(let message, let keepingCopy):
      take(message, keepingCopy, &next)
      try serve(message, &next)
    case .serverFails(let message, let answer):
      take(message, false, &next)
      next.faults -= 1
      reply(answer, to: message, &next)
    case .arrives(let message, let keepingCopy):
      take(message, keepingCopy, &next)
      guard case .answer(let answer) = message.content, let index = message.process else { break }
      try handle(.answered(message.place, answer: answer), index, &next)
    case .isLost(let message):
      take(message, false, &next)
      next.faults -= 1
      if case .revocation(let token) = message.content {
        let ordinal = server.origin(of: token).ordinal
        for index in next.processes.indices { next.processes[index].owed.remove(ordinal) }
      }
    case .storeLocks:
      next.faults -= 1
      next.isLocked = true
    case .storeUnlocks: next.isLocked = false
    case .storeIsCorrupted(let store):
      next.faults -= 1
      next.stores[store] = .corrupt
      if scenario.processes > 1 { note(.sharedStoreWasCorrupted, &next) }
    case .timeIs(let time):
      next.time = time
      for index in next.processes.indices {
        if let requestedAt = next.processes[index].requestedAt, time - requestedAt >= 60 {
          next.processes[index].requestedAt = nil
        }
      }
    case .clockIsOff(let offset):
      next.faults -= 1
      next.offset = offset
      guard offset > world.offset else { break }
      // By this clock the timeout has passed.
      for index in next.processes.indices { next.processes[index].requestedAt = nil }
    }
    return next
  }

  /// Loses everything outside the store, and notes the exceptions that follow.
  private func crash(_ index: Int, _ world: inout ExploredWorld) {
    let process = world.processes[index]
    if let machine = process.machine {
      let memory = machines[machine].memory
      if case .signedOut(.signedOutByUser, .some) = memory.situation {
        note(.signOutIsLostInCrash, &world)
      }
      if case .blob(let number) = world.stores[process.store],
        let stored = machines.origin(of: machines.blob(number)), let session = memory.session
      {
        // A sign-in after the sign-out should have saved over the session that the sign-out erases.
        if session.replaced != nil, world.signedOut.contains(stored.ordinal) {
          note(.signOutIsLostInCrash, &world)
        }
        // A request of the newest generation, which isn't saved, may still be answered.
        let isRotating =
          memory.awaited?.kind == .refresh
          || world.messages.contains { message in
            if case .request = message.content { message.process == index } else { false }
          }
        if session.stored != .blob(session.newest),
          let newest = machines.origin(of: session.newest), newest.ordinal == stored.ordinal,
          newest.generation + (isRotating ? 1 : 0) > stored.generation + 1
        {
          note(.memoryWasLost, &world)
        }
      }
    }
    world.processes[index].crash()
    for place in world.messages.indices.reversed() where world.messages[place].process == index {
      var message = world.messages.remove(at: place)
      if case .answer = message.content { continue }
      message.process = nil
      message.place = .forgotten
      world.add(message)
    }
  }

  func note(_ exception: KnownException, _ world: inout ExploredWorld) {
    world.exceptions |= 1 << exception.rawValue
  }

  // MARK: The store

  private func work(
    _ index: Int, _ outcome: WorkOutcome, isLate: Bool, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    let process = world.processes[index]
    let work = world.processes[index].work.removeFirst()
    if isLate || isFault(outcome, of: work, process, in: world) { world.faults -= 1 }
    let answer: ExploredEvent
    switch (work.kind, outcome) {
    case (.read, .reads(let content)):
      answer = .storeRead(work.place, content)
      world.processes[index].lastRead = scenario.readsOnce ? content : nil
    case (.save(let blob), .succeeds):
      try save(blob, index, &world)
      answer = .saved(work.place)
    case (.save(let blob), .fails(let isDone)):
      if isDone {
        try save(blob, index, &world)
        if let origin = machines.origin(of: machines.blob(blob)) {
          world.reportedAsFailed.insert(origin.ordinal)
        }
      }
      answer = .saveFailed(work.place)
    case (.erase, .succeeds):
      try erase(index, &world)
      answer = .erased(work.place)
    case (.erase, .fails(let isDone)):
      if isDone { try erase(index, &world) }
      answer = .eraseFailed(work.place)
    case (.read, _), (_, .reads): return
    }
    world.processes[index].holdsLock = false
    if isLate {
      if work.place != .forgotten {
        world.processes[index].lateAnswers.append(answer)
        if answer.isReading { world.processes[index].holdsLock = isLockUsed(process) }
      }
    } else {
      try handle(answer, index, &world)
    }
  }

  private func isLockUsed(_ process: ExploredProcess) -> Bool {
    scenario.usesLock && scenario.processes > 1 && process.store == 0
  }

  private func save(
    _ number: Int, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    let store = world.processes[index].store
    try checkSave(number, over: world.stores[store], world)
    world.stores[store] = .blob(number)
    if scenario.readsOnce { world.processes[index].lastRead = .blob(number) }
  }

  private func erase(_ index: Int, _ world: inout ExploredWorld) throws(ExplorationViolation) {
    let store = world.processes[index].store
    if case .blob(let number) = world.stores[store] { try checkErase(number, world) }
    world.stores[store] = .empty
    if scenario.readsOnce { world.processes[index].lastRead = .empty }
  }

  // MARK: The network

  private func send(_ index: Int, _ world: inout ExploredWorld) throws(ExplorationViolation) {
    let unsent = world.processes[index].unsent.removeFirst()
    // A process that was frozen doesn't send an old token.
    guard world.deviceTime < unsent.sendBefore else {
      let unreachable = server.number(of: .unreachable)
      return try handle(.answered(unsent.place, answer: unreachable), index, &world)
    }
    let isAwaited = unsent.place != .forgotten
    world.add(
      ExploredMessage(
        content: .request(unsent.request), process: isAwaited ? index : nil, place: unsent.place))
  }

  /// Takes a message off the network; that a copy stays is a fault.
  private func take(
    _ message: ExploredMessage, _ keepingCopy: Bool, _ world: inout ExploredWorld
  ) {
    if keepingCopy {
      world.faults -= 1
    } else if let place = world.messages.firstIndex(of: message) {
      world.messages.remove(at: place)
    }
  }

  private func reply(_ answer: Int, to message: ExploredMessage, _ world: inout ExploredWorld) {
    guard let process = message.process else { return }
    world.add(ExploredMessage(content: .answer(answer), process: process, place: message.place))
  }

  private func serve(
    _ message: ExploredMessage, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    switch message.content {
    case .answer: return
    case .revocation(let token):
      let ordinal = server.origin(of: token).ordinal
      guard world.records.indices.contains(ordinal) else { return }
      world.records[ordinal] = server.revoke(world.records[ordinal], at: world.time)
    case .request(let request):
      let origin = server.origin(of: server.requests[request].refreshToken)
      guard world.records.indices.contains(origin.ordinal) else { return }
      let decision = server.decide(request, record: world.records[origin.ordinal], at: world.time)
      world.records[origin.ordinal] = decision.record
      if let behind = decision.reuse { try checkReuse(behind, origin.ordinal, &world) }
      if scenario.server == .rotating, !world.ended.contains(origin.ordinal),
        case .refused = server.answers[decision.answer]
      {
        note(.rotatedWithoutIdempotency, &world)
      }
      reply(decision.answer, to: message, &world)
    }
  }

  // MARK: Events

  private func tell(
    _ event: ExploredEvent, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    var event = event
    let session = world.processes[index].machine.flatMap { machines[$0].memory.session }
    let origin = session.flatMap { machines.origin(of: $0.newest) }
    switch event {
    case .signedIn:
      world.userActs -= 1
      guard let opening = try? server.open(world.records.count, at: world.time) else { return }
      world.records.append(opening.record)
      if let origin { world.ended.insert(origin.ordinal) }
      world.processes[index].requestedAt = nil
      event = .signedIn(answer: opening.answer)
    case .signedOutByUser:
      world.userActs -= 1
      world.processes[index].requestedAt = nil
      if let origin {
        world.ended.insert(origin.ordinal)
        world.signedOut.insert(origin.ordinal)
        world.processes[index].hasSignedOut.insert(origin.ordinal)
        if session?.newest.spentBy == nil { world.processes[index].owed.insert(origin.ordinal) }
      }
      let state = world.processes[index].machine.map { machines[$0].memory.state }
      if session?.stored == nil, state != .signedOut(.signedOutByUser) {
        world.processes[index].signedOutUnread = world.deviceTime
      }
    case .accessRefused: world.faults -= 1
    case .timePassed, .retryRequested:
      if let wakeAt = world.processes[index].wakeAt, wakeAt <= world.time {
        world.processes[index].wakeAt = nil
      }
    case .launched, .storeRead, .saved, .saveFailed, .erased, .eraseFailed, .answered: break
    }
    try handle(event, index, &world)
  }

  /// Passes an event to a machine, and takes its effects.
  private func handle(
    _ event: ExploredEvent, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard let machine = world.processes[index].machine else { return }
    let launch = index * 16 + world.processes[index].launches
    let transition = machines.transition(machine, event, at: world.deviceTime, launch: launch)
    if let violation = transition.violation { throw violation }
    if event.isForgotten { return }
    try check(transition, event, index, &world)
    world.processes[index].machine = transition.machine
    move(index, transition, &world)
    if let revocation = transition.revocation {
      world.add(ExploredMessage(content: .revocation(refreshToken: revocation)))
    }
    switch transition.awaited {
    case .readStore?:
      world.processes[index].work.append(StoreWork(kind: .read, place: .awaited))
    case .save(let blob)?:
      world.processes[index].work.append(StoreWork(kind: .save(blob: blob), place: .awaited))
      world.processes[index].holdsLock = isLockUsed(world.processes[index])
    case .erase?:
      world.processes[index].work.append(StoreWork(kind: .erase, place: .awaited))
      world.processes[index].holdsLock = isLockUsed(world.processes[index])
    case .refresh(let request, let sendBefore)?:
      world.processes[index].unsent.append(
        UnsentRequest(request: request, sendBefore: sendBefore, place: .awaited))
      world.processes[index].requestedAt = world.time
    case nil: break
    }
    if let wake = transition.wake { world.processes[index].wakeAt = world.time + wake }
    if !transition.hasWake { world.processes[index].wakeAt = nil }
    try checkWaiting(transition, index, world)
  }

  /// Moves the tickets to the places where the machine keeps them now.
  private func move(_ index: Int, _ transition: ExploredTransition, _ world: inout ExploredWorld) {
    for place in world.processes[index].work.indices {
      let before = world.processes[index].work[place].place
      world.processes[index].work[place].place = transition.place(of: before)
    }
    for place in world.processes[index].unsent.indices {
      let before = world.processes[index].unsent[place].place
      world.processes[index].unsent[place].place = transition.place(of: before)
    }
    world.processes[index].lateAnswers = world.processes[index].lateAnswers.compactMap {
      $0.moved(by: transition)
    }
    if !world.processes[index].lateAnswers.contains(where: { $0.isReading }),
      !world.processes[index].work.contains(where: { $0.kind != .read })
    {
      world.processes[index].holdsLock = false
    }
    guard world.messages.contains(where: { $0.process == index }) else { return }
    let messages = world.messages
    world.messages = []
    for message in messages {
      var message = message
      if message.process == index {
        message.place = transition.place(of: message.place)
        if message.place == .forgotten {
          message.process = nil
          // An answer that isn't awaited changes nothing.
          if case .answer = message.content { continue }
        }
      }
      world.add(message)
    }
  }
}

extension ExploredEvent {
  /// The answer with its ticket's new place; `nil` if it is no longer awaited.
  fileprivate func moved(by transition: ExploredTransition) -> Self? {
    let event: (place: TicketPlace, make: (TicketPlace) -> Self)
    switch self {
    case .storeRead(let place, let content): event = (place, { .storeRead($0, content) })
    case .saved(let place): event = (place, Self.saved)
    case .saveFailed(let place): event = (place, Self.saveFailed)
    case .erased(let place): event = (place, Self.erased)
    case .eraseFailed(let place): event = (place, Self.eraseFailed)
    case .launched, .timePassed, .retryRequested, .signedOutByUser, .signedIn, .accessRefused,
      .answered:
      return self
    }
    let place = transition.place(of: event.place)
    return place == .forgotten ? nil : event.make(place)
  }
}
