@testable import SessionTokens

/// What can happen in an exploration, and how often.
struct ExplorationScenario: Sendable, CustomStringConvertible {
  var name: String
  /// The moments after the start, in seconds since the sign-in.
  var moments: [Int64]
  var start: Int64 = 700
  var processes = 1
  var faults = 2
  /// How often the user signs in or out.
  var userActs = 0
  var initialStore = InitialStore.session
  /// How far the device's clock may be off: a jump is a fault.
  var offsets: [Int64] = [0]
  /// Which faults there are.
  var kinds: Set<ExplorationFault> = Set(ExplorationFault.allCases).subtracting([.corruption])
  /// True when processes hold a lock from the look into the store to the save.
  var isStoreExclusive = false
  /// True when something is written between a look into the store and the save that follows; see
  /// ``ExploredWorld/hasRaced``.
  var hasRaces: Bool { processes > 1 && !isStoreExclusive || kinds.contains(.corruption) }
  /// How long the window is.
  var refreshTTL: Int64 = 3_600
  /// What full jitter draws.
  var jitter = RequestRateScenario.smallestJitter
  /// How many steps the session may take to come back.
  var stepsToComeBack = 60
  /// How many worlds there are at most; more is an error.
  var limit = 5_000_000

  var description: String { name }

  /// Right, three years off either way, or set back a little.
  static let anyClock: [Int64] = [0, 3 * 365 * 86_400, -3 * 365 * 86_400, -5]
}
