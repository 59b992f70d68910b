// SPDX-License-Identifier: Apache-2.0

/// The participants, the possible faults, and the bounds of an exploration.
struct ModelScenario: Sendable {
  /// The part of the app's store that is copied, once.
  enum Theft: Sendable {
    case none, token, tokenAndKey
  }

  /// Who ends the session, once, at any moment.
  enum Ending: Sendable {
    /// The app has cleared its store before.
    case user
    /// The app doesn't know of it and continues.
    case administrator
  }

  let name: String
  /// Processes of the app on one store: 0, 1 or 2.
  var processes = 1
  /// Whether the app keeps a key beside its token.
  var sendsKeys = true
  /// Whether comparing the store and saving are one step.
  var savesAtomically = true
  /// Whether the app reads its store again before it signs out.
  var rereadsBeforeSigningOut = true
  /// The lead of each server's clock, in ascending order; each works on one request at a time.
  var servers: [Int64] = [0]
  /// The lead of the clock that opened the session.
  var openedAhead: Int64 = 0
  /// The moments of the model, in seconds.
  var times: [Int64] = [0]
  /// The last generation that is created.
  var generations: Int64 = 3
  /// The maximum number of messages in flight; each may be lost, repeated, delayed, overtaken.
  var messages = 2
  /// The number of decisions of a server before it answers 503.
  var attempts = 5
  var theft = Theft.none
  var ending: Ending?
  /// Whether the row is copied once at any moment, and put back once.
  var restoresBackup = false
  /// Whether all servers are given the same request at the start, and nothing else happens.
  var isBurst = false
  /// Whether foreign tokens are presented at any moment, and the row is lost at some moment.
  var hasStrangers = false

  /// Whether all who take part keep their key with their token (P6).
  var isHonest: Bool { sendsKeys && theft == .none && !isBurst }

  /// Whether the generations that user and thief share are counted (P3): not where neither sends
  /// keys, nor where a backup creates a generation a second time.
  var countsSharing: Bool { sendsKeys && theft != .none && !restoresBackup }
}
