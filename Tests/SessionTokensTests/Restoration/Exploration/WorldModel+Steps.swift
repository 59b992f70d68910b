@testable import SessionTokens

extension WorldModel {
  /// The world after a step.
  func world(
    after step: ExploredStep, from world: ExploredWorld
  ) throws(ExplorationViolation) -> ExploredWorld {
    var next = world
    switch step {
    case .launch(let index):
      next.processes[index] = ExploredProcess(launches: next.processes[index].launches + 1)
      next.processes[index].machine = machines.makeMachine()
      try handle(.launched, index, &next)
    case .crash(let index):
      next.faults -= 1
      next.processes[index].crash()
      next.messages.removeAll { if case .answer(_, _, index, _) = $0 { true } else { false } }
    case .perform(let index, let effect):
      next.processes[index].effects.removeFirst()
      try perform(effect, index, &next)
    case .performWithFailure(let index, let effect, let wrote):
      next.processes[index].effects.removeFirst()
      if !next.isLocked { next.faults -= 1 }
      guard case .save(let session, let ticket) = effect else { break }
      if wrote { try write(session, index, &next) }
      next.processes[index].answers.append(.saveFailed(session: session, ticket: ticket))
    case .storeAnswers(let index, let event):
      next.processes[index].take(event)
      try handle(event, index, &next)
    case .tell(let index, let event):
      try tell(event, index, &next)
    case .wake(let index):
      next.processes[index].wakeAt = nil
      try handle(.timePassed, index, &next)
    case .serverHandles(let message, let keepingCopy):
      take(message, keepingCopy, &next)
      try serve(message, &next)
    case .serverFails(let message, let answer):
      take(message, false, &next)
      next.faults -= 1
      let number = troubles.first { $0.name == answer }.map { $0.answer }
      if let number { reply(number, to: message, &next) }
    case .arrives(let message, let keepingCopy):
      take(message, keepingCopy, &next)
      guard case .answer(let answer, let ticket, let index, _) = message else { break }
      next.processes[index].sentAt = nil
      try handle(.answered(answer: answer, ticket: ticket), index, &next)
    case .isLost(let message):
      take(message, false, &next)
      next.faults -= 1
    case .storeLocks:
      next.faults -= 1
      next.isLocked = true
    case .storeUnlocks: next.isLocked = false
    case .storeIsCorrupted:
      next.faults -= 1
      next.store = .corrupt
      for index in next.processes.indices where next.processes[index].isComparing {
        next.processes[index].hasStaleComparison = true
      }
    case .timeIs(let time): next.advance(to: time)
    case .deviceClockIsOff(let offset):
      next.faults -= 1
      next.offset = offset
      guard offset > world.offset else { break }
      // By this clock the timeout has passed.
      for index in next.processes.indices { next.processes[index].sentAt = nil }
    }
    return next
  }

  private func tell(
    _ event: ExploredEvent, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    switch event {
    case .signedIn:
      guard let opening = try? server.open(world.records.count, at: world.time) else { return }
      world.userActs -= 1
      world.records.append(opening.record)
      world.processes[index].isSignedOut = false
      world.processes[index].sentAt = nil
      try handle(.signedIn(answer: opening.answer), index, &world)
    case .signedOutByUser:
      world.userActs -= 1
      world.wasEnded = true
      world.processes[index].sentAt = nil
      world.processes[index].isSignedOut = true
      try handle(event, index, &world)
    case .accessRefused:
      world.faults -= 1
      try handle(event, index, &world)
    case .launched, .read, .saved, .saveFailed, .answered, .timePassed:
      try handle(event, index, &world)
    }
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
}
