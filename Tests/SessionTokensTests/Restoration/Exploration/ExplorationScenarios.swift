// SPDX-License-Identifier: Apache-2.0

extension ExplorationScenario {
  private static let crashes: Set<KnownException> = [.memoryWasLost, .signOutIsLostInCrash]

  /// The scenarios of every run.
  static let fast = [
    ExplorationScenario(
      name: "one process, one fault, to the window's end", moments: [705, 765, 3_605]),
    ExplorationScenario(
      name: "one process, two faults", moments: [765], faults: 2, exceptions: [.storeLiedTwice]),
    ExplorationScenario(
      name: "one process, the app asks for retries", moments: [701, 705], hasRetries: true),
    ExplorationScenario(
      name: "one process, a clock that jumps", moments: [705, 762], kinds: [.clockJump],
      offsets: anyClock),
    ExplorationScenario(
      name: "one process, the user signs in or out", moments: [705],
      kinds: [.crash, .failedWrite, .storeLock, .oddReading, .lateAnswer, .lostMessage],
      userActs: 1, exceptions: crashes),
    ExplorationScenario(
      name: "one process, a clock that jumps, the user signs in or out", moments: [765],
      kinds: [.clockJump], userActs: 1, offsets: [0, -710]),
    ExplorationScenario(
      name: "one process, users one after the other", moments: [705], faults: 0, userActs: 2),
    ExplorationScenario(
      name: "one process, trouble of the store, longest pauses", moments: [701, 703, 710],
      faults: 2, kinds: [.storeLock, .failedWrite, .serverTrouble], jitter: maximumJitter),
    ExplorationScenario(
      name: "launch at any age", moments: [539, 540, 599, 600], start: 100,
      kinds: [.clockJump], offsets: [0, -94_608_000]),
    ExplorationScenario(
      name: "nothing stored", moments: [705], userActs: 1, initialStore: .empty,
      exceptions: crashes),
    ExplorationScenario(
      name: "corrupt bytes stored", moments: [705, 765], userActs: 1, initialStore: .corrupt,
      exceptions: crashes),
    ExplorationScenario(
      name: "bytes that are corrupted", moments: [705], kinds: [.corruption], userActs: 1),
    ExplorationScenario(
      name: "no refresh token stored", moments: [540, 600, 700], start: 100,
      kinds: [.clockJump, .laggingResourceServer, .crash],
      initialStore: .sessionWithoutRefreshToken, offsets: [0, 94_608_000, -94_608_000]),
    ExplorationScenario(name: "two processes", moments: [765], processes: 2, faults: 0),
    ExplorationScenario(
      name: "two processes, one fault", moments: [705], processes: 2,
      kinds: [.crash, .failedWrite, .lostMessage, .repeatedMessage, .oddReading]),
    ExplorationScenario(
      name: "two processes, bytes that are corrupted", moments: [765], processes: 2,
      kinds: [.corruption], exceptions: [.sharedStoreWasCorrupted]),
    ExplorationScenario(
      name: "two processes, the user signs in or out", moments: [], processes: 2, faults: 0,
      userActs: 1),
    ExplorationScenario(
      name: "two processes, a write that fails, the user signs in or out", moments: [],
      processes: 2, kinds: [.failedWrite], userActs: 1),
    ExplorationScenario(
      name: "a copy one generation behind", moments: [765], copyBehind: 1, faults: 0,
      exceptions: [.copyOneGenerationBehind]),
    ExplorationScenario(
      name: "a copy two generations behind", moments: [765], copyBehind: 2, faults: 0),
    ExplorationScenario(
      name: "a copy four generations behind", moments: [765], copyBehind: 4, faults: 0,
      exceptions: [.copyFarBehind]),
    ExplorationScenario(
      name: "a server that rotates without idempotency", moments: [705, 765], server: .rotating,
      exceptions: [.rotatedWithoutIdempotency]),
    ExplorationScenario(
      name: "a server that rotates without idempotency, and answers arrive", moments: [702, 705],
      server: .rotating,
      kinds: [.laggingResourceServer, .failedWrite, .storeLock, .serverTrouble, .oddReading]),
    ExplorationScenario(
      name: "a server that does not rotate", moments: [705, 1_310], server: .plain),
    ExplorationScenario(
      name: "two processes, a server that rotates without idempotency", moments: [765],
      server: .rotating, processes: 2, faults: 0, exceptions: [.rotatedWithoutIdempotency]),
  ]

  /// Deeper ones, for `SESSION_TOKENS_DEEP=1`, in a release build.
  static let deep = [
    ExplorationScenario(
      name: "deep: one process, two faults, to the window's end",
      moments: [705, 765, 1_310, 3_605], faults: 2, exceptions: [.storeLiedTwice, .memoryWasLost]),
    ExplorationScenario(
      name: "deep: one process, a clock that jumps, and one fault more", moments: [705, 762],
      faults: 2,
      kinds: [
        .clockJump, .laggingResourceServer, .failedWrite, .storeLock, .serverTrouble, .lostMessage,
      ], offsets: anyClock),
    ExplorationScenario(
      name: "deep: one process, one fault, the user signs in and out", moments: [705, 765],
      userActs: 2, exceptions: crashes),
    ExplorationScenario(
      name: "deep: one process, a clock that jumps, a lock, the user signs in and out",
      moments: [765], faults: 2, kinds: [.clockJump, .storeLock], userActs: 2,
      offsets: [0, -710]),
    ExplorationScenario(
      name: "deep: one process, one fault, the app asks for retries",
      moments: [701, 705, 765, 1_310],
      hasRetries: true),
    ExplorationScenario(
      name: "deep: bytes that are corrupted", moments: [705, 765], faults: 2,
      kinds: [.corruption, .crash, .laggingResourceServer], userActs: 1, exceptions: crashes),
    ExplorationScenario(
      name: "deep: two processes, no fault", moments: [765, 1_310], processes: 2, faults: 0),
    ExplorationScenario(
      name: "deep: two processes, one fault", moments: [765], processes: 2),
    ExplorationScenario(
      name: "deep: two processes, bytes that are corrupted", moments: [705, 1_310, 1_915],
      processes: 2, kinds: [.corruption], exceptions: [.sharedStoreWasCorrupted]),
    ExplorationScenario(
      name: "deep: two processes, a copy two generations behind", moments: [765], processes: 2,
      copyBehind: 2, kinds: [.failedWrite]),
    ExplorationScenario(
      name: "deep: two processes, users over each other", moments: [702], processes: 2, faults: 0,
      userActs: 2),
    ExplorationScenario(
      name: "deep: two processes, one fault, the user signs in or out", moments: [702],
      processes: 2, kinds: [.storeLock, .failedWrite, .oddReading, .crash], userActs: 1,
      exceptions: [.signInIsWrittenBack, .signOutIsLostInCrash]),
    ExplorationScenario(
      name: "deep: a copy one generation behind", moments: [765, 1_310], copyBehind: 1, faults: 0,
      exceptions: [.copyOneGenerationBehind]),
    ExplorationScenario(
      name: "deep: a copy two generations behind", moments: [765, 1_310], copyBehind: 2,
      kinds: [.crash, .lostMessage, .failedWrite]),
    ExplorationScenario(
      name: "deep: a server that does not rotate", moments: [705, 765, 1_310], server: .plain,
      userActs: 1, exceptions: crashes),
  ]
}
