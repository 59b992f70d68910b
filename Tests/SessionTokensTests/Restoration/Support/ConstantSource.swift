// SPDX-License-Identifier: Apache-2.0

/// A source that always draws the same word, so that tests can state the effects.
///
/// With the word 0, idempotency keys are 22 letters A and pauses have their minimum length.
struct ConstantSource: RandomNumberGenerator {
  var word: UInt64 = 0

  mutating func next() -> UInt64 { word }
}
