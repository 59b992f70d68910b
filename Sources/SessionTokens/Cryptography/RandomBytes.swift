// SPDX-License-Identifier: Apache-2.0

extension SIMD8<UInt32> {
  /// Creates 32 random bytes from four numbers, most significant first: the same on every platform.
  init(using generator: inout some RandomNumberGenerator) {
    self.init()
    for index in 0..<4 {
      let word = generator.next()
      self[index &* 2] = UInt32(truncatingIfNeeded: word &>> 32)
      self[index &* 2 &+ 1] = UInt32(truncatingIfNeeded: word)
    }
  }
}
