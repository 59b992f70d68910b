// SPDX-License-Identifier: Apache-2.0

/// A call of `rotate` or `revoke` that was made: what a state needs to know of it.
struct ModelDecision {
  /// What came of the request.
  enum Outcome: Int, CaseIterable {
    case rotated, rotatedAhead, replayedByKey, replayedInGrace, superseded, reuseDetected
    case windowClosed, clockSkew, revoked, bindingMismatch, unknownSession, ended, endedBefore
    /// A swap was lost; five were.
    case lostSwap, outOfAttempts
    /// A client that was refused for good has found another blob in its store, or has signed out.
    case adoptedAnother, signedOut
  }

  let request: Int
  /// The number of the row that was read.
  let row: Int
  /// Whether something must be written first.
  let writes: Bool
  /// The number of the pair that is handed out, 0 for none.
  let pair: Int
  /// What a client is told that is refused for good.
  let refusal: ModelRefusal?
  let outcome: Outcome
  let broken: Promise?
}
