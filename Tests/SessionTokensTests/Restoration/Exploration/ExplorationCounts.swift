// SPDX-License-Identifier: Apache-2.0

/// The numbers of worlds of the scenarios, and of events of the longest recovery, as measured.
struct ExplorationCounts: Equatable {
  /// By the names of the scenarios.
  var worlds: [String: Int]
  /// The maximum number of events from any world to rest, once all is well (promise A6).
  var recoveryEvents: Int

  var total: Int { worlds.values.reduce(0, +) }

  static let fast = ExplorationCounts(
    worlds: [
      "one process, one fault, to the window's end": 10944,
      "one process, two faults": 3055,
      "one process, the app asks for retries": 2949,
      "one process, a clock that jumps": 2873,
      "one process, the user signs in or out": 9242,
      "one process, a clock that jumps, the user signs in or out": 7499,
      "one process, users one after the other": 5532,
      "one process, trouble of the store, longest pauses": 6757,
      "launch at any age": 3034,
      "nothing stored": 365,
      "corrupt bytes stored": 1415,
      "bytes that are corrupted": 1715,
      "no refresh token stored": 372,
      "two processes": 1301,
      "two processes, one fault": 7802,
      "two processes, bytes that are corrupted": 3711,
      "two processes, the user signs in or out": 1778,
      "two processes, a write that fails, the user signs in or out": 4098,
      "a copy one generation behind": 4130,
      "a copy two generations behind": 1312,
      "a copy four generations behind": 1713,
      "a server that rotates without idempotency": 2114,
      "a server that rotates without idempotency, and answers arrive": 970,
      "a server that does not rotate": 2662,
      "two processes, a server that rotates without idempotency": 1492,
    ],
    recoveryEvents: 21)

  static let deep = ExplorationCounts(
    worlds: [
      "deep: one process, two faults, to the window's end": 476619,
      "deep: one process, a clock that jumps, and one fault more": 78643,
      "deep: one process, one fault, the user signs in and out": 759654,
      "deep: one process, a clock that jumps, a lock, the user signs in and out": 1498523,
      "deep: one process, one fault, the app asks for retries": 76279,
      "deep: bytes that are corrupted": 107359,
      "deep: two processes, no fault": 37002,
      "deep: two processes, one fault": 26351,
      "deep: two processes, bytes that are corrupted": 2042314,
      "deep: two processes, a copy two generations behind": 86929,
      "deep: two processes, users over each other": 417553,
      "deep: two processes, one fault, the user signs in or out": 640467,
      "deep: a copy one generation behind": 109231,
      "deep: a copy two generations behind": 215018,
      "deep: a server that does not rotate": 104942,
    ],
    recoveryEvents: 24)
}
