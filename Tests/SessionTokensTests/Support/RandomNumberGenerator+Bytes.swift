// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// Returns random bytes, eight from each number, most significant first.
  mutating func bytes(count: Int) -> [UInt8] {
    var word: UInt64 = 0
    return (0..<count).map { index in
      word = index % 8 == 0 ? next() : word << 8
      return UInt8(truncatingIfNeeded: word >> 56)
    }
  }
}
