// SPDX-License-Identifier: Apache-2.0

/// What must hold in every world: the promises A1 – A8 of the app's machine, and the rules beneath them.
///
/// Each case names its promise or its rule first.
enum ExplorationProperty: String, CaseIterable {
  /// Nobody is signed out but by their own act, a definitive refusal of the token that the store still
  /// holds, a store that holds nothing usable (looked at twice), or an access token that ended with no
  /// refresh token.
  case a1SignedOutForCause
  /// A1, on the server: a client that keeps its key with its token is never taken for a thief.
  case a1NeverTakenForThief
  /// At most one request of the session in use is in flight.
  case a2OneRequestInFlight
  /// Requests are bounded.
  case a2RequestsAreBounded
  /// New tokens come into use when the store holds them, or when their save has failed.
  case a3SavedBeforePublished
  /// A late answer signs nobody in, and an answer with another machine's ticket changes nothing.
  case a4LateAnswersChangeNothing
  /// Every wait has a wake, not too far off, or an event that ends it.
  case a5EveryWaitEnds
  /// No dead end: once all is well, the machine comes to `active` or `signedOut` in
  /// ``ExplorationScenario/maximumRecoveryEvents`` events, and to `active` where the server still has
  /// the session and the store its newest blob.
  case a6NoDeadEnd
  /// What was saved as the newest is never overwritten by something older, and nothing is erased but
  /// what has ended.
  case a7NewestIsKept
  /// After a sign-out the server was told of the newest token known.
  case a8SignOutReachesServer

  /// Rule 1: before sending, the store is read; what is sent is the newest token with its own key.
  case rule1ReadBeforeSent
  /// Rule 2: before saving, the store is read; a locked store is a save that failed.
  case rule2ComparedBeforeSaved
  /// Rule 3: what cannot be saved is in use at once, and saved once that is possible; while it is not
  /// saved, no refresh is sent as long as the access token lives.
  case rule3FailedSaveIsRetried
  /// Rule 4: the session that a sign-in replaces is revoked at once, with the exceptions of the rule.
  case rule4ReplacedIsRevoked
  /// Rule 5: a token that is of no use any more is marked, and never sent again; the blob of a session
  /// that the server has ended is erased.
  case rule5RefusedIsMarked
  /// Rule 6: a sign-out is shown at once, and only what the rule allows leads out of it.
  case rule6SignOutIsShown
  /// Rule 8: a session that comes into use is named.
  case rule8SessionIsNamed
  /// Rule 9: pauses are as long as the backoff and the server ask for, and no longer.
  case rule9PausesAreBounded
  /// Rule 10: a 401 forces a refresh, but for a token that has just come.
  case rule10RefusedAccessIsRefreshed
  /// Rule 11: an odd reading is believed only when a second one confirms it, after a pause.
  case rule11OddReadingIsDoubted
  /// The launch order.
  case launchOrder
  /// One effect of each kind at most, in the fixed order, at most one of them awaited, and it is last.
  case effectsAreInOrder
  /// Each change of the state is told once, and each new token in use.
  case changesAreTold
}

/// What nothing can mend, as the documentation says; the worlds that meet one are counted.
enum KnownException: UInt16, CaseIterable {
  /// A sign-in whose save was done and reported failed, signed out in another process before the retry,
  /// is written back; the server was told, so that it is refused at its next refresh.
  case signInIsWrittenBack
  /// A crash between a sign-out and its erase leaves a session that resumes until its access token ends.
  case signOutIsLostInCrash
  /// A copy of a phone exactly one generation behind replays, and the next rotation ends both (P3).
  case copyOneGenerationBehind
  /// A copy of a phone five or more generations behind is taken for a thief at first contact.
  case copyFarBehind
  /// A server that knows no idempotency key has rotated, and the answer or its save was lost: the token
  /// that the store holds is of no use.
  case rotatedWithoutIdempotency
  /// The store lies twice in a row, which the machine has to believe.
  case storeLiedTwice
  /// A session that could not be saved went on in memory, and the process ended: the store holds an
  /// older token.
  case memoryWasLost
  /// The bytes of a store that two processes share have become unreadable: the one that saves its tokens over
  /// them may not have the newest.
  case sharedStoreWasCorrupted
}

/// A property that does not hold.
struct ExplorationViolation: Error {
  let property: ExplorationProperty
  let detail: String

  init(_ property: ExplorationProperty, _ detail: String) {
    self.property = property
    self.detail = detail
  }

  /// Throws where `holds` is false.
  static func require(
    _ holds: Bool, _ property: ExplorationProperty, _ detail: @autoclosure () -> String
  ) throws(ExplorationViolation) {
    guard holds else { throw ExplorationViolation(property, detail()) }
  }
}
