// SPDX-License-Identifier: Apache-2.0

// Comparison of authentication codes in constant time, RFC 7518 §3.2: the time must not reveal how much of a
// forged code is right.
//
//   difference = (a0 ⊕ b0) ∨ (a1 ⊕ b1) ∨ … ∨ (a7 ⊕ b7);  equal ⇔ difference = 0
//
// Implementation: LLVM splits such a function into early exits when it is inlined into a caller that branches
// on the result (seen on x86-64, wasm32 and armv7). A function that is never inlined and returns the
// accumulator stayed whole on every target tried.

/// Returns the bits in which two codes differ, combined in one word: zero when the codes are equal.
@inline(never)
func differingBits(_ a: SIMD8<UInt32>, _ b: SIMD8<UInt32>) -> UInt32 {
  var difference: UInt32 = 0
  for index in 0..<8 { difference |= a[index] ^ b[index] }
  return difference
}
