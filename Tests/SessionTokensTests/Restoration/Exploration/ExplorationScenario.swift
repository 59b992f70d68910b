// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// What can go wrong.
enum ExplorationFault: CaseIterable, Sendable {
  case crash, lostMessage, repeatedMessage, serverTrouble, laggingResourceServer
  /// The store locks, until it is unlocked again.
  case storeLock
  /// A save or an erase fails, or is done and reported as failed.
  case failedWrite
  /// One reading says `empty` or `corrupt` although the store holds a session.
  case oddReading
  /// An answer of the store comes later than the work was done, or never.
  case lateAnswer
  /// What the store holds is not readable any more.
  case corruption
  case clockJump
}

/// What can happen in an exploration, and how often.
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
  /// How many processes share the first store.
  var processes = 1
  /// How many generations a second device is behind, whose store is an old copy of the first one's.
  var copyBehind: Int?
  var faults = 1
  /// Which faults there are.
  var kinds = Set(ExplorationFault.allCases).subtracting([.corruption, .clockJump])
  /// How often the user signs in or out.
  var userActs = 0
  /// True when the app may say at any time that connectivity is back.
  var hasRetries = false
  var initialStore = Store.session
  /// How far the device's clock may be off: a jump is a fault.
  var offsets: [Int64] = [0]
  var window: Int64 = 3_600
  /// What the jitter draws: 0 gives the shortest pauses, ``maximumJitter`` the longest.
  var jitter: UInt64 = 0
  /// False for an app that doesn't hold the lock that the documentation asks for.
  var usesLock = true
  /// True for an app that answers each `readStore` with what it has read first.
  var readsOnce = false
  var sharesStore: Bool?
  /// The exceptions that may be met.
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
