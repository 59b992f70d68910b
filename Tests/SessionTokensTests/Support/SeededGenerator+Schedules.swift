// SPDX-License-Identifier: Apache-2.0

extension SeededGenerator {
  /// True in `percent` of a hundred cases.
  mutating func chance(percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &self) < percent
  }

  /// A whole number of seconds, short ones as likely as long ones of each order of magnitude.
  mutating func seconds(upTo longest: Int64) -> Int64 {
    var bound = longest
    for _ in 0..<Int.random(in: 0...6, using: &self) { bound /= 8 }
    return Int64.random(in: 0...bound, using: &self)
  }

  /// An idempotency key of 22 characters.
  mutating func key() -> String {
    let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    return String((0..<22).compactMap { _ in characters.randomElement(using: &self) })
  }
}
