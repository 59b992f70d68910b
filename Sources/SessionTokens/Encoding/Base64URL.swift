// SPDX-License-Identifier: Apache-2.0

// Base64url without padding, RFC 4648 §5 and RFC 7515 §2.
//
//   3 bytes = 24 bits = 4 digits of 6 bits;  n bytes = ⌈4n/3⌉ digits;  a remainder of 1 digit is invalid
//
// Implementation: one table lookup per digit, eight digits per step. A byte that isn't a digit has the value
// -1, which makes every group that contains it negative; the signs are tested once, at the end. Both loops
// write through a pointer, within a capacity that they check first, because an append checks and counts each
// byte, and takes twice as long. Decoding is canonical: accepted text encodes back to the same text, so a
// token has exactly one spelling. It refuses padding, `+`, `/`, whitespace and non-zero unused bits (RFC 4648
// §3.5).

/// Strict, canonical, unpadded base64url.
enum Base64URL {
  /// Returns the number of digits that encode `byteCount` bytes.
  static func encodedCount(_ byteCount: Int) -> Int { byteCount + (byteCount + 2) / 3 }

  /// Returns the number of bytes that `digitCount` digits encode; `nil` if no encoding has that many digits.
  static func decodedCount(_ digitCount: Int) -> Int? {
    digitCount % 4 == 1 ? nil : digitCount / 4 * 3 + digitCount % 4 * 3 / 4
  }

  /// Returns the text that encodes `bytes`.
  static func encode(_ bytes: some Collection<UInt8>) -> String {
    bytes.withSpan { bytes in
      String(capacity: encodedCount(bytes.count)) { encode(bytes, to: &$0) }
    }
  }

  /// Returns the bytes that `text` encodes; `nil` when `text` isn't canonical base64url.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    text.withSpan { text in
      guard let count = decodedCount(text.count) else { return nil }
      var isCanonical = false
      let bytes = [UInt8](capacity: count) { isCanonical = decode(text, to: &$0) }
      return isCanonical ? bytes : nil
    }
  }

  /// Appends the digits that encode `bytes`, which need `encodedCount` bytes of free capacity.
  static func encode(_ bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    precondition(output.freeCapacity >= encodedCount(bytes.count))
    var index = 0
    unsafe output.withUnsafeMutableBufferPointer { storage, count in
      var end = count
      while bytes.count &- index >= 8 {
        let group = bytes.word(at: index).byteSwapped
        for place in 0..<8 {
          unsafe storage[end &+ place] = digit(group &>> UInt64(58 &- place &* 6))
        }
        end &+= 8
        index &+= 6
      }
      count = end
    }
    var rest = bytes.paddedWord(at: index).byteSwapped
    for _ in 0..<encodedCount(bytes.count &- index) {
      output.append(digit(rest &>> 58))
      rest &<<= 6
    }
  }

  /// Appends the bytes that `text` encodes, which need `decodedCount` bytes of free capacity.
  ///
  /// - Returns: False when `text` isn't canonical; the appended bytes are then meaningless.
  static func decode(_ text: Span<UInt8>, to output: inout OutputSpan<UInt8>) -> Bool {
    guard let byteCount = decodedCount(text.count) else { return false }
    precondition(output.freeCapacity >= byteCount)
    var index = 0
    var signs: Int64 = 0
    unsafe output.withUnsafeMutableBufferPointer { storage, count in
      let storage = UnsafeMutableRawBufferPointer(storage)
      var end = count
      // Eleven digits encode the eight bytes of a store; the next one overwrites the last two.
      while text.count &- index >= 11 {
        var digits = text.word(at: index)
        var group: Int64 = 0
        for _ in 0..<8 {
          group = group &<< 6 | value(UInt8(truncatingIfNeeded: digits))
          digits &>>= 8
        }
        signs |= group
        unsafe storage.storeBytes(of: (group &<< 16).bigEndian, toByteOffset: end, as: Int64.self)
        end &+= 6
        index &+= 8
      }
      count = end
    }
    let restCount = text.count &- index
    var rest: Int64 = 0
    while index < text.count {
      rest = rest &<< 6 | value(text[index])
      index &+= 1
    }
    let unusedBitCount = Int64(restCount &* 6 % 8)
    guard signs | rest >= 0, rest & (1 &<< unusedBitCount &- 1) == 0 else { return false }
    output.append(
      bigEndian: UInt64(truncatingIfNeeded: rest &>> unusedBitCount), byteCount: restCount &* 6 / 8)
    return true
  }

  /// Returns true for a digit: `A–Z a–z 0–9 - _`.
  static func isDigit(_ byte: UInt8) -> Bool { value(byte) >= 0 }

  @inline(__always)
  private static func digit(_ bits: UInt64) -> UInt8 {
    alphabet[Int(truncatingIfNeeded: bits & 0x3f)]
  }

  /// Returns the six bits of a digit; -1 for a byte that isn't a digit.
  @inline(__always)
  private static func value(_ digit: UInt8) -> Int64 {
    Int64(values[Int(truncatingIfNeeded: digit)])
  }

  /// `A … Z a … z 0 … 9 - _` (RFC 4648 table 2), as numbers, which need no initialization at run time.
  private static let alphabet: [UInt8] = [
    0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50,
    0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66,
    0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76,
    0x77, 0x78, 0x79, 0x7a, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x2d, 0x5f,
  ]

  /// The inverse of `alphabet`.
  private static let values: [Int8] = [
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0x3e, -1, -1,
    0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, -1, -1, -1, -1, -1, -1,
    -1, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e,
    0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, -1, -1, -1, -1, 0x3f,
    -1, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
    0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
  ]
}
