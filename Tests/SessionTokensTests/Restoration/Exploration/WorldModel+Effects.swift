@testable import SessionTokens

extension WorldModel {
  /// Performs an effect.
  func perform(
    _ effect: ExploredEffect, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    switch effect {
    case .readStore:
      world.processes[index].hasStaleComparison = false
      world.processes[index].answers.append(.read(world.isLocked ? nil : world.store))
    case .save(let session, let ticket):
      try write(session, index, &world)
      world.processes[index].answers.append(.saved(session: session, ticket: ticket))
    case .erase:
      try replaceStore(.empty, index, &world)
    case .send(let request, let ticket):
      let launch = world.processes[index].launches
      world.add(.request(request, ticket: ticket, process: index, launch: launch))
    case .revoke(let refreshToken):
      guard let origin = try? server.origin(of: refreshToken) else { return }
      let record = server.revoke(world.records[origin.ordinal], at: world.time)
      world.records[origin.ordinal] = record
      try ExplorationViolation.require(
        server.isRevoked(record), .signOutReachesServer, "the session lives on")
    }
  }

  /// Writes a session, having checked what it replaces.
  func write(
    _ session: Int, _ index: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    if let origin = machines.sessions.origin(of: session), origin.generation > 0 {
      if world.processes[index].hasStaleComparison {
        world.hasRaced = true
      } else {
        var replaced: (ordinal: Int, generation: Int64)?
        if case .session(let stored) = world.store {
          replaced = machines.sessions.origin(of: stored)
        }
        try ExplorationViolation.require(
          replaced?.ordinal == origin.ordinal && replaced?.generation == origin.generation - 1,
          .comparedBeforeSaved, "saves over \(world.store)")
      }
    }
    try replaceStore(.session(session), index, &world)
  }

  private func replaceStore(
    _ content: StoreContent, _ writer: Int, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard content != world.store else { return }
    try ExplorationViolation.require(
      world.store != .corrupt || world.userActs < scenario.userActs
        || world.processes[writer].hasStaleComparison, .corruptBlobKept,
      "replaced by \(content)")
    world.store = content
    for index in world.processes.indices where index != writer {
      if world.processes[index].isComparing { world.processes[index].hasStaleComparison = true }
    }
  }

  /// The server decides on a request by the real rotation code.
  func serve(
    _ message: ExploredMessage, _ world: inout ExploredWorld
  ) throws(ExplorationViolation) {
    guard case .request(let request, _, _, _) = message else { return }
    let refreshToken = server.refreshTokens.number(of: server.requests[request].refreshToken)
    guard let origin = try? server.origin(of: refreshToken),
      let decision = try? server.decide(
        request, record: world.records[origin.ordinal], at: world.time)
    else { return }
    world.records[origin.ordinal] = decision.record
    try ExplorationViolation.require(
      !decision.isReuse || world.hasRaced, .neverTakenForThief, "revoked as reused")
    reply(decision.answer, to: message, &world)
  }

  /// Sends an answer, where the process still runs that waits for it.
  func reply(_ answer: Int, to message: ExploredMessage, _ world: inout ExploredWorld) {
    guard case .request(_, let ticket, let index, let launch) = message,
      world.processes[index].machine != nil, world.processes[index].launches == launch
    else { return }
    world.add(.answer(answer, ticket: ticket, process: index, launch: launch))
  }
}
