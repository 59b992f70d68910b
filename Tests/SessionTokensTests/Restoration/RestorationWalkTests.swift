// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Properties that always hold, in long walks of random events through an arbitrary world.
@Suite(.timeLimit(.minutes(1))) struct RestorationWalkTests {
  static let seeds: Range<UInt64> = 0..<16
  private static let stepCount = 1_000

  /// Walks, and passes each event to `check` with the machine before and after it.
  private static func walk(
    _ seed: UInt64,
    _ check: (
      _ before: SessionRestoration, _ event: SessionRestoration.Event,
      _ effects: [SessionRestoration.Effect], _ walk: RestorationWalk
    ) throws -> Void
  ) throws {
    var walk = try RestorationWalk(seed: seed)
    for _ in 0..<stepCount {
      let before = walk.machine
      let (event, effects) = walk.step()
      try check(before, event, effects, walk)
    }
  }

  @Test(arguments: seeds)
  func `the effects keep their order, with at most one of a kind and one that is awaited`(
    _ seed: UInt64
  ) throws {
    try Self.walk(seed) { _, event, effects, _ in
      let ranks = effects.map { Told($0).rank }
      #expect(zip(ranks, ranks.dropFirst()).allSatisfy(<), "\(event): \(effects)")
    }
  }

  @Test(arguments: seeds)
  func `each change of the state is reported once, and nothing else`(_ seed: UInt64) throws {
    try Self.walk(seed) { before, event, effects, walk in
      let told = effects.compactMap { Told($0).state }
      #expect(told == (walk.machine.state == before.state ? [] : [walk.machine.state]), "\(event)")
    }
  }

  @Test(arguments: seeds)
  func `a wake is in whole seconds, at least one, and for the earliest work due`(
    _ seed: UInt64
  ) throws {
    try Self.walk(seed) { before, event, effects, walk in
      let memory = walk.machine.memory
      let now = NumericDate.receipt(walk.time)
      guard before.memory.isAwaiting(event, at: now) else { return }
      for case .wake(let delay) in effects {
        #expect(delay >= .seconds(1) && delay == .seconds(delay.components.seconds))
        #expect(memory.wakeAt == now + delay)
      }
      let isLook = if case .look? = memory.awaited?.kind { true } else { false }
      let due = [memory.pause?.wait.end, isLook ? nil : memory.awaited?.wait.end].compactMap { $0 }
      #expect(memory.pause.map { $0.wait.end > now } ?? true, "\(event)")
      // An awaited answer whose time is over fails at the next `timePassed`, whose timer is left alone.
      guard due.allSatisfy({ $0 > now }) else {
        #expect(memory.wakeAt == before.memory.wakeAt && effects.allSatisfy { Told($0).rank != 3 })
        return
      }
      #expect(memory.wakeAt == due.min(), "\(event)")
    }
  }

  @Test(arguments: seeds)
  func `a machine that waits for nothing is at rest`(_ seed: UInt64) throws {
    try Self.walk(seed) { _, event, _, walk in
      let machine = walk.machine
      guard machine.memory.awaited == nil, machine.memory.pause == nil else { return }
      let isUnlaunched = machine.memory.situation == .unread(isLaunched: false, lockedSince: nil)
      #expect(isUnlaunched || machine.state.isAtRest, "\(machine.state) after \(event)")
    }
  }

  @Test(arguments: seeds)
  func `a ticket's number is never used again`(_ seed: UInt64) throws {
    var last: UInt64 = 0
    try Self.walk(seed) { _, _, effects, _ in
      for ticket in effects.compactMap(\.ticket) {
        #expect(ticket.number == last + 1)
        last = ticket.number
      }
    }
  }

  @Test(arguments: seeds)
  func `an answer that is not awaited changes nothing`(_ seed: UInt64) throws {
    try Self.walk(seed) { before, event, effects, walk in
      guard !before.memory.isAwaiting(event, at: .receipt(walk.time)) else { return }
      #expect(effects == [])
      #expect(walk.machine == before)
    }
  }

  @Test(arguments: seeds)
  func `a renewal is reported exactly when a new usable access token is in use`(_ seed: UInt64)
    throws
  {
    try Self.walk(seed) { before, event, effects, walk in
      let (old, new) = (before.memory.session?.inUse, walk.machine.memory.session?.inUse)
      let isTold = effects.contains(.accessRenewed)
      if isTold {
        #expect(walk.machine.state == .active)
        #expect(old?.accessToken != new?.accessToken)
      }
      if let old, let new, old.accessToken != new.accessToken, walk.machine.state == .active {
        #expect(isTold, "\(event)")
      }
      if before.state != .active, walk.machine.state == .active {
        #expect(effects.contains(.stateChanged(.active)))
      }
    }
  }

  @Test(arguments: seeds)
  func `the state and access agree`(_ seed: UInt64) throws {
    try Self.walk(seed) { before, event, _, walk in
      // An answer that doesn't count changes nothing.
      guard before.memory.isAwaiting(event, at: .receipt(walk.time)) else { return }
      let access = walk.machine.access(at: .receipt(walk.time))
      guard walk.machine.memory.session?.inUse != nil || walk.machine.memory.session == nil else {
        #expect(access == .wait)
        return
      }
      let isAttached = if case .attach = access { true } else { false }
      #expect(isAttached == (walk.machine.state == .active), "\(event)")
      if case .signedOut(let reason) = walk.machine.state { #expect(access == .signIn(reason)) }
    }
  }

  @Test(arguments: seeds)
  func `a request presents the newest token with its key, after the event's reading`(
    _ seed: UInt64
  ) throws {
    try Self.walk(seed) { _, event, effects, walk in
      guard case .refresh(let request, _)? = effects.last else { return }
      let session = try #require(walk.machine.memory.session)
      #expect(session.newest.refreshToken?.text == request.refreshToken)
      #expect(session.newest.idempotencyKey.text == request.idempotencyKey)
      #expect(request.sendBefore == .receipt(walk.time + 60))
      #expect(session.newest.spentBy == nil)
      guard case .storeRead(_, let reading) = event else {
        Issue.record("a request that no reading has led to: \(event)")
        return
      }
      if case .found(let found) = reading, found.blob == session.newest { return }
      // In memory: if the process is alone, or the reading shows no blob of this session.
      if !walk.machine.configuration.sharesStore { return }
      if case .found(let found) = reading { #expect(found.blob.name != session.newest.name) }
      #expect(reading != .locked)
    }
  }

  @Test(arguments: seeds)
  func `nothing is in use before it was saved, unless its save failed`(_ seed: UInt64) throws {
    try Self.walk(seed) { before, event, _, walk in
      guard let session = walk.machine.memory.session, let inUse = session.inUse,
        before.memory.session?.inUse != inUse
      else { return }
      let isFailure =
        switch event {
        case .saveFailed, .storeRead(_, .locked): true
        // A save that didn't end in time.
        case .timePassed, .launched, .retryRequested: before.memory.awaited?.kind == .save
        default: false
        }
      #expect(session.stored == .blob(inUse) || isFailure, "\(event)")
    }
  }

  /// A6, from the end of any walk: the server gives tokens, the store and the clock are well.
  @Test(arguments: seeds)
  func `once the world is well the machine is active or signed out in at most 40 events`(
    _ seed: UInt64
  ) throws {
    var worst = 0
    try Self.walk(seed) { _, event, _, walk in
      var well = walk
      let count = well.recover(limit: 40)
      worst = max(worst, try #require(count, "\(event)"))
      #expect(well.machine.state.isAtRest, "\(well.machine.state) after \(event)")
    }
    #expect(worst > 1)
  }

  @Test(arguments: seeds)
  func `the same seed gives the same effects and an equal value`(_ seed: UInt64) throws {
    var (first, second) = (try RestorationWalk(seed: seed), try RestorationWalk(seed: seed))
    for _ in 0..<Self.stepCount {
      let (a, b) = (first.step(), second.step())
      #expect(a == b)
    }
    #expect(first.machine == second.machine)
    #expect(Set([first.machine.memory, second.machine.memory]).count == 1)
  }

  @Test func `the walks reach every state and every kind of effect`() throws {
    var states: Set<String> = []
    var kinds: Set<String> = []
    for seed in Self.seeds {
      try Self.walk(seed) { _, _, effects, walk in
        kinds.formUnion(effects.map { String($0.description.prefix { $0.isLetter }) })
        states.insert(String(walk.machine.state.description.prefix { $0.isLetter }))
      }
    }
    #expect(
      states == ["starting", "storeLocked", "refreshing", "active", "suspended", "signedOut"])
    #expect(
      kinds == [
        "readStore", "save", "erase", "refresh", "wake", "stateChanged", "accessRenewed",
        "sendRevocation", "sessionInUse",
      ])
  }
}

extension SessionRestoration.State {
  fileprivate var isAtRest: Bool {
    switch self {
    case .active, .signedOut: true
    default: false
    }
  }
}
