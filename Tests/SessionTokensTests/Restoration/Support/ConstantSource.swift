// SPDX-License-Identifier: Apache-2.0

/// Randomness that is none: every draw is the same, so that effects can be written down.
///
/// Of the word 0, idempotency keys are 22 letters A and pauses the shortest there are.
struct ConstantSource: RandomNumberGenerator {
  var word: UInt64 = 0

  mutating func next() -> UInt64 { word }
}
