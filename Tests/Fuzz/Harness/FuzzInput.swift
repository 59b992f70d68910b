// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The fuzzer's bytes, read from the front; past their end every value is zero.
struct FuzzInput {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
  }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

  mutating func flag() -> Bool { byte() & 1 == 1 }

  mutating func choice(_ count: Int) -> Int { Int(byte()) % count }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[choice(elements.count)]
  }

  /// Two bytes, little-endian.
  mutating func short() -> Int { Int(byte()) | Int(byte()) << 8 }

  /// Eight bytes, little-endian.
  mutating func integer() -> Int64 {
    var word: UInt64 = 0
    for shift in 0..<8 { word |= UInt64(byte()) << UInt64(shift * 8) }
    return Int64(bitPattern: word)
  }

  /// Usually a number near `anchor`, sometimes any number.
  mutating func integer(near anchor: Int64) -> Int64 {
    switch choice(8) {
    case 0: integer()
    case 1: pick([.min, -1, 0, 1, .max - 1, .max])
    case 2: anchor &+ Int64(short()) &- 32_768
    default: anchor &+ Int64(Int8(bitPattern: byte()))
    }
  }

  /// Usually a moment near `anchor`, sometimes any moment.
  mutating func date(near anchor: NumericDate) -> NumericDate {
    NumericDate(clamping: integer(near: anchor.secondsSinceEpoch))
  }

  /// The number of bytes that a count of two bytes gives, or all remaining bytes.
  mutating func counted() -> [UInt8] {
    let count = short()
    let taken = bytes.prefix(count)
    bytes.removeFirst(taken.count)
    return Array(taken)
  }

  /// All remaining bytes.
  mutating func rest() -> [UInt8] {
    defer { bytes.removeAll() }
    return Array(bytes)
  }
}
