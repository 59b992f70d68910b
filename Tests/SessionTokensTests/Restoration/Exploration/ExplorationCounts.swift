/// How many worlds the scenarios have, and how many events the longest recovery takes: measured, and kept
/// true by the test.
struct ExplorationCounts: Equatable {
  /// By the names of the scenarios.
  var worlds: [String: Int]
  /// The maximum number of events from any world to rest, once all is well (promise A6).
  var recoveryEvents: Int

  var total: Int { worlds.values.reduce(0, +) }

  static let fast = ExplorationCounts(worlds: [:], recoveryEvents: 0)

  static let deep = ExplorationCounts(worlds: [:], recoveryEvents: 0)
}
