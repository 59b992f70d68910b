import Testing

@testable import SessionTokens

/// What holds whatever happens, in long walks of random events.
@Suite(.timeLimit(.minutes(1))) struct RestorationWalkTests {
  static let seeds: Range<UInt64> = 0..<40
  private static let stepCount = 2_000

  @Test(arguments: seeds)
  func `a change of the state is told once, and nothing else is`(_ seed: UInt64) {
    var walk = RestorationWalk(seed: seed)
    for _ in 0..<Self.stepCount {
      let before = walk.machine.state
      let told = walk.step().effects.compactMap(\.state)
      #expect(told == (walk.machine.state == before ? [] : [walk.machine.state]))
    }
  }

  @Test(arguments: seeds)
  func `at most one effect is answered by an event, and it comes last`(_ seed: UInt64) {
    var walk = RestorationWalk(seed: seed)
    for _ in 0..<Self.stepCount {
      let answered = walk.step().effects.dropLast().filter(\.isAnswered)
      #expect(answered == [])
    }
  }

  @Test(arguments: seeds)
  func `a ticket's number is never used again`(_ seed: UInt64) {
    var walk = RestorationWalk(seed: seed)
    for _ in 0..<Self.stepCount { _ = walk.step() }
    #expect(walk.tickets == Array(1...UInt64(walk.tickets.count)))
  }

  @Test(arguments: seeds)
  func `a renewal is told exactly when a new usable access token is in use`(_ seed: UInt64) {
    var walk = RestorationWalk(seed: seed)
    for _ in 0..<Self.stepCount {
      let before = walk.machine.phase
      let effects = walk.step().effects
      let after = walk.machine.phase.held
      let isNew = after.map { before.held?.session.accessToken != $0.session.accessToken }
      let isUsable = after?.hasUsableAccess(at: .receipt(walk.time)) ?? false
      // What the launch finds is not new: entering the state tells of it.
      let isOpening = if case .opening = before { true } else { false }
      let isRenewal = isNew == true && isUsable && !isOpening
      #expect(effects.filter { $0 == .accessRenewed }.count == (isRenewal ? 1 : 0))
    }
  }

  @Test(arguments: seeds)
  func `what is sent is the stored token with its key, and what is saved is erased first or new`(
    _ seed: UInt64
  ) {
    var walk = RestorationWalk(seed: seed)
    for _ in 0..<Self.stepCount {
      let before = walk.machine.phase
      let (event, effects) = walk.step()
      if case .send(let request, _)? = effects.last {
        guard case .storeRead(.found(let found)) = event else {
          Issue.record("a request that no reading has led to")
          continue
        }
        #expect(found.refreshToken == request.refreshToken)
        #expect(found.idempotencyKey == request.idempotencyKey)
      }
      // Never published before it was saved, but for a save that failed.
      if let held = walk.machine.phase.held, before.held?.session != held.session {
        #expect(held.stored == held.session || event.isFailureToSave)
      }
    }
  }

  @Test(arguments: seeds)
  func `the same seed gives the same effects and an equal value`(_ seed: UInt64) {
    var (first, second) = (RestorationWalk(seed: seed), RestorationWalk(seed: seed))
    for _ in 0..<Self.stepCount {
      let (a, b) = (first.step(), second.step())
      #expect(a == b)
    }
    #expect(first.machine == second.machine)
    #expect(Set([first.machine, second.machine]).count == 1)
  }

  @Test func `the walks come by every state and every kind of effect`() {
    var states: Set<String> = []
    var kinds: Set<String> = []
    for seed in Self.seeds {
      var walk = RestorationWalk(seed: seed)
      for _ in 0..<Self.stepCount {
        let effects = walk.step().effects
        kinds.formUnion(effects.map { String($0.description.prefix { $0.isLetter }) })
        states.insert(String(walk.machine.state.description.prefix { $0.isLetter }))
      }
    }
    #expect(
      states == ["starting", "storeLocked", "refreshing", "active", "suspended", "signedOut"])
    #expect(
      kinds == [
        "readStore", "save", "erase", "send", "wake", "stateChanged", "accessRenewed",
        "sendRevocation",
      ])
  }
}

extension SessionRestoration.Phase {
  /// The session that is held.
  fileprivate var held: SessionRestoration.Held? {
    if case .holding(let held) = self { return held }
    return nil
  }
}

extension SessionRestoration.Event {
  /// True for a save that failed and for a store that cannot be compared.
  fileprivate var isFailureToSave: Bool {
    switch self {
    case .saveFailed, .storeRead(.locked): true
    default: false
    }
  }
}
