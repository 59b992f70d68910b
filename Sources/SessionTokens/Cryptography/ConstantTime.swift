// Comparison of authentication codes in constant time, RFC 2104 §6 and RFC 8725 §3.2 in spirit: the
// time must not tell how much of a forged code was right.
//
//   difference = (a0 ⊕ b0) ∨ (a1 ⊕ b1) ∨ … ∨ (a7 ⊕ b7);  equal ⇔ difference = 0
//
// Shape: when such a function is inlined into a caller that branches on the result, LLVM splits it
// into early exits (seen on x86-64, wasm32 and armv7). Never inlined and returning the accumulator,
// it stayed whole on every target tried.

/// The bits in which two codes differ, gathered into one word: zero when they are equal.
@inline(never)
func differingBits(_ a: SIMD8<UInt32>, _ b: SIMD8<UInt32>) -> UInt32 {
  var difference: UInt32 = 0
  for index in 0..<8 { difference |= a[index] ^ b[index] }
  return difference
}
