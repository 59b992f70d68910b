// SPDX-License-Identifier: Apache-2.0

/// The properties of every world: the promises A1 – A8 of the app's machine, and the rules beneath
/// them.
///
/// Each case names its promise or its rule first.
enum ExplorationProperty: String, CaseIterable {
  /// A user is signed out only by their own act, a definitive refusal of the token that the store
  /// still holds, two readings that show nothing usable, or the end of an access token without a
  /// refresh token.
  case a1SignedOutForCause
  /// A1, on the server: a client that keeps its key with its token never counts as a thief.
  case a1NeverTakenForThief
  /// At most one request of the session in use is in flight.
  case a2OneRequestInFlight
  /// Requests are bounded.
  case a2RequestsAreBounded
  /// New tokens come into use once the store holds them, or once their save has failed.
  case a3SavedBeforePublished
  /// A late answer signs nobody in, and an answer with another machine's ticket changes nothing.
  case a4LateAnswersChangeNothing
  /// Every wait has a wake, not too far off, or an event that ends it.
  case a5EveryWaitEnds
  /// No dead end: once all is well, the machine comes to `active` or `signedOut` in
  /// ``ExplorationScenario/maximumRecoveryEvents`` events, and to `active` where the server still
  /// has the session and the store its newest blob.
  case a6NoDeadEnd
  /// The newest saved blob is never overwritten by an older one, and only an ended session is
  /// erased.
  case a7NewestIsKept
  /// After a sign-out the newest known token was sent to the server.
  case a8SignOutReachesServer

  /// Rule 1: before sending, the store is read; the newest token is sent, with its own key.
  case rule1ReadBeforeSent
  /// Rule 2: before saving, the store is read; a locked store counts as a failed save.
  case rule2ComparedBeforeSaved
  /// Rule 3: tokens that can't be saved are in use at once, and saved once that is possible; until
  /// then no refresh is sent while the access token is valid.
  case rule3FailedSaveIsRetried
  /// Rule 4: the session that a sign-in replaces is revoked at once, with the exceptions of the
  /// rule.
  case rule4ReplacedIsRevoked
  /// Rule 5: a token that the server has ended is marked, and never sent again; the blob of a
  /// session that the server has ended is erased.
  case rule5RefusedIsMarked
  /// Rule 6: a sign-out is shown at once, and only the exceptions of the rule lead out of it.
  case rule6SignOutIsShown
  /// Rule 8: the app gets the name of each session that comes into use.
  case rule8SessionIsNamed
  /// Rule 9: pauses are as long as the backoff and the server require, and no longer.
  case rule9PausesAreBounded
  /// Rule 10: a 401 forces a refresh, except for a token that has just come.
  case rule10RefusedAccessIsRefreshed
  /// Rule 11: an odd reading counts only when a second one confirms it, after a pause.
  case rule11OddReadingIsDoubted
  /// The launch order.
  case launchOrder
  /// At most one effect of each kind, in the fixed order; at most one is awaited, and it comes
  /// last.
  case effectsAreInOrder
  /// Each change of the state is reported once, and so is each new token in use.
  case changesAreTold
}

/// The exceptions that the documentation lists, which nothing can repair; the worlds with one are
/// counted.
enum KnownException: UInt16, CaseIterable {
  /// A sign-in whose save was done and reported as failed, signed out in another process before the
  /// retry, is written back; the server knows of the sign-out, and refuses its next refresh.
  case signInIsWrittenBack
  /// A crash between a sign-out and its erase leaves a session that resumes until its access token
  /// ends.
  case signOutIsLostInCrash
  /// A copy of a phone exactly one generation behind replays, and the next rotation ends both (P3).
  case copyOneGenerationBehind
  /// A copy of a phone five or more generations behind counts as a thief at its first request.
  case copyFarBehind
  /// A server without idempotency keys has rotated, and the answer or its save was lost: the token
  /// in the store is of no use.
  case rotatedWithoutIdempotency
  /// The store gives two wrong readings in a row, which the machine must accept.
  case storeLiedTwice
  /// A session that couldn't be saved continued in memory, and the process ended: the store holds
  /// an older token.
  case memoryWasLost
  /// The bytes of a store that two processes share have become unreadable: the process that saves
  /// over them may not have the newest tokens.
  case sharedStoreWasCorrupted
}

/// A violated property.
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
