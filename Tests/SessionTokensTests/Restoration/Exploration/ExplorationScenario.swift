// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A fault of the store, the network, the server or the process.
enum ExplorationFault: CaseIterable, Sendable {
  case crash, lostMessage, repeatedMessage, serverTrouble, laggingResourceServer
  /// The store locks, until it is unlocked again.
  case storeLock
  /// A save or an erase fails, or is done but reported as failed.
  case failedWrite
  /// One reading is `empty` or `corrupt` although the store holds a session.
  case oddReading
  /// An answer of the store comes later than its work, or never.
  case lateAnswer
  /// The content of the store becomes unreadable.
  case corruption
  case clockJump
}

/// The possible events of an exploration, and their numbers.
struct ExplorationScenario: Sendable, CustomStringConvertible {
  enum Store: Sendable {
    case empty
    case corrupt
    case session
    case sessionWithoutRefreshToken
  }

  var name: String
  /// The moments after the start, in seconds since the sign-in.
  var moments: [Int64]
  var start: Int64 = 700
  var server = ExploredServer.Kind.sessionTokens
  /// The number of processes that share the first store.
  var processes = 1
  /// The number of generations by which a second device is behind, whose store is an old copy of
  /// the first.
  var copyBehind: Int?
  var faults = 1
  /// The possible faults.
  var kinds = Set(ExplorationFault.allCases).subtracting([.corruption, .clockJump])
  /// The number of sign-ins and sign-outs.
  var userActs = 0
  /// True when the app may report at any time that connectivity is back.
  var hasRetries = false
  var initialStore = Store.session
  /// The possible errors of the device's clock; a jump is a fault.
  var offsets: [Int64] = [0]
  var window: Int64 = 3_600
  /// The draw of the jitter: 0 gives the shortest pauses, ``maximumJitter`` the longest.
  var jitter: UInt64 = 0
  /// False for an app that doesn't hold the lock that the documentation requires.
  var usesLock = true
  /// True for an app that answers each `readStore` with its first reading.
  var readsOnce = false
  var sharesStore: Bool?
  /// The exceptions that may occur.
  var exceptions: Set<KnownException> = []
  /// The maximum number of worlds; more is an error.
  var limit = 5_000_000

  var description: String { name }

  /// One less than a multiple of the number of values of each pause.
  static let maximumJitter: UInt64 = 2 * 9 * 5 * 17 * 11 * 13 * 43 * 151 - 1

  /// Right, three years off either way, or set back a little.
  static let anyClock: [Int64] = [0, 3 * 365 * 86_400, -3 * 365 * 86_400, -5]

  /// The maximum number of events that a recovery takes.
  static let maximumRecoveryEvents = 30
}
