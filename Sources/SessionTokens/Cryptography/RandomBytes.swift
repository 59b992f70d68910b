// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// Returns random bytes, eight from each number, most significant first: the same on every platform.
  mutating func bytes(count: Int) -> [UInt8] {
    [UInt8](capacity: count) { output in
      var word: UInt64 = 0
      for index in 0..<count {
        if index % 8 == 0 { word = next() }
        output.append(UInt8(truncatingIfNeeded: word &>> 56))
        word = word &<< 8
      }
    }
  }
}
