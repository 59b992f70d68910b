// SPDX-License-Identifier: Apache-2.0

/// The options of the command line: `--seconds=45 --rounds=1000 --seed=1 --defect=ignores-version`.
struct SoakOptions {
  /// The maximum time to run.
  var seconds = 45
  /// The maximum number of sessions of each task.
  var rounds = 100_000
  var seed: UInt64 = 1
  var defect: SessionStore.Defect?

  /// Reads arguments; `nil` if one is unknown.
  init?(_ arguments: some Sequence<String>) {
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map { String($0) }
      guard parts.count == 2 else { return nil }
      switch parts[0] {
      case "--seconds":
        guard let value = Int(parts[1]) else { return nil }
        seconds = value
      case "--rounds":
        guard let value = Int(parts[1]) else { return nil }
        rounds = value
      case "--seed":
        guard let value = UInt64(parts[1]) else { return nil }
        seed = value
      case "--defect":
        guard let value = SessionStore.Defect(rawValue: parts[1]) else { return nil }
        defect = value
      default: return nil
      }
    }
  }
}
