// SPDX-License-Identifier: Apache-2.0

/// The part of a call of `rotate` or `revoke` that a state must hold.
struct ModelDecision {
  /// The outcome of the request.
  enum Outcome: Int, CaseIterable {
    case rotated, rotatedAhead, replayedByKey, replayedInGrace, superseded, reuseDetected
    case windowClosed, clockSkew, revoked, bindingMismatch, unknownSession, ended, endedBefore
    /// One swap was lost; all five were.
    case lostSwap, outOfAttempts
    /// A client that got a definitive refusal has found another blob in its store, or has signed
    /// out.
    case adoptedAnother, signedOut
  }

  let request: Int
  /// The number of the row that was read.
  let row: Int
  /// Whether something must be written first.
  let writes: Bool
  /// The number of the issued pair, 0 for none.
  let pair: Int
  /// The definitive refusal of a client.
  let refusal: ModelRefusal?
  let outcome: Outcome
  let broken: Promise?
}
