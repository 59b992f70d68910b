extension ExplorationScenario {
  /// The bounds of every run: 497,000 worlds in all.
  static let fast = [
    // 43,046 worlds.
    ExplorationScenario(
      name: "one process, one fault, to the window's end", moments: [705, 765, 1_310, 3_605],
      faults: 1),
    // 12,638 worlds.
    ExplorationScenario(
      name: "one process, a clock that jumps", moments: [705, 762, 1_310], faults: 1,
      offsets: anyClock, kinds: [.clockJump]),
    // 51,398 worlds.
    ExplorationScenario(
      name: "one process, a clock that jumps, and one fault more", moments: [705, 762], faults: 2,
      offsets: anyClock,
      kinds: [
        .clockJump, .laggingResourceServer, .failedSave, .storeLock, .serverTrouble, .lostMessage,
      ]),
    // 13,719 worlds.
    ExplorationScenario(
      name: "one process, two faults", moments: [705, 765], faults: 2),
    // 73,941 worlds.
    ExplorationScenario(
      name: "one process, the user signs in and out", moments: [705, 765], faults: 1, userActs: 2,
      kinds: [.crash, .failedSave, .storeLock, .laggingResourceServer]),
    // 6,948 worlds.
    ExplorationScenario(
      name: "one process, a locked store, longest pauses", moments: [701, 703, 710], faults: 3,
      kinds: [.storeLock, .failedSave, .serverTrouble],
      jitter: RequestRateScenario.largestJitter),
    // 27,928 worlds.
    ExplorationScenario(
      name: "launch at any age", moments: [539, 540, 599, 600, 3_600], start: 100, faults: 1,
      offsets: anyClock, kinds: [.clockJump, .laggingResourceServer]),
    // 3,245 worlds.
    ExplorationScenario(
      name: "nothing stored", moments: [765], faults: 1, userActs: 2, initialStore: .empty),
    // 12,809 worlds.
    ExplorationScenario(
      name: "bytes that are corrupted", moments: [765], faults: 2, userActs: 1,
      kinds: [.corruption, .crash, .laggingResourceServer]),
    // 538 worlds.
    ExplorationScenario(
      name: "corrupt bytes stored", moments: [765], faults: 1, userActs: 1,
      initialStore: .corrupt),
    // 7,839 worlds.
    ExplorationScenario(
      name: "no refresh token stored", moments: [540, 600, 700], start: 100, faults: 1,
      userActs: 1, initialStore: .sessionWithoutRefreshToken, offsets: anyClock,
      kinds: [.clockJump, .laggingResourceServer, .crash]),
    // 141,041 worlds.
    ExplorationScenario(
      name: "two processes", moments: [765, 1_310], processes: 2, faults: 0),
    // 35,093 worlds.
    ExplorationScenario(
      name: "two processes, one fault", moments: [765], processes: 2, faults: 1,
      kinds: [.crash, .lostMessage, .repeatedMessage, .laggingResourceServer]),
    // 2,147 worlds.
    ExplorationScenario(
      name: "two processes, the user signs out or in", moments: [], processes: 2, faults: 0,
      userActs: 1),
    // 44,952 worlds.
    ExplorationScenario(
      name: "two processes at the window's end, the user signs in", moments: [3_605], start: 3_590,
      processes: 2, faults: 0, userActs: 1),
    // 19,398 worlds.
    ExplorationScenario(
      name: "two processes that lock the store, one fault", moments: [765], processes: 2,
      faults: 1, kinds: [.crash, .failedSave, .repeatedMessage], isStoreExclusive: true),
  ]

  /// Deeper ones, for `SESSION_TOKENS_DEEP=1`, best in a release build.
  static let deep = [
    // 438,768 worlds.
    ExplorationScenario(
      name: "one process, two faults, to the window's end", moments: [705, 765, 1_310, 3_605],
      faults: 2),
    // 286,899 worlds.
    ExplorationScenario(
      name: "one process, three faults", moments: [765], faults: 3, offsets: anyClock),
    // 718,620 worlds.
    ExplorationScenario(
      name: "one process, two faults, the user signs in and out", moments: [705, 765], faults: 2,
      userActs: 2),
    // 57,096 worlds.
    ExplorationScenario(
      name: "two processes, one fault of any kind", moments: [765], processes: 2, faults: 1),
    // 38,971 worlds.
    ExplorationScenario(
      name: "two processes, one fault, the user signs out or in", moments: [], processes: 2,
      faults: 1, userActs: 1),
    // 1,529,733 worlds.
    ExplorationScenario(
      name: "two processes that lock the store, one fault of any kind", moments: [765, 1_310],
      processes: 2, faults: 1, isStoreExclusive: true),
    // 130,535 worlds.
    ExplorationScenario(
      name: "two processes that lock the store, two faults", moments: [765], processes: 2,
      faults: 2, kinds: [.crash, .failedSave, .lostMessage, .repeatedMessage],
      isStoreExclusive: true),
  ]
}
