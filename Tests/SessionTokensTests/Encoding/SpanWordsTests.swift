// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Eight bytes at a time: the same answers as byte by byte, at every length and offset.
@Suite struct SpanWordsTests {
  private var sixteenKinds: [UInt8] {
    [0, 1, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x2d, 0x2e, 0x2f, 0x5b, 0x5c, 0x7f, 0x80, 0x81, 0xff]
  }

  @Test(arguments: 0...24)
  func `a padded word has the remaining bytes, then zeros`(_ count: Int) {
    let bytes = (0..<count).map { UInt8($0 + 0x81) }
    for offset in 0...count {
      var expected: UInt64 = 0
      for (place, byte) in bytes[offset...].prefix(8).enumerated() {
        expected |= UInt64(byte) << (place * 8)
      }
      #expect(bytes.withSpan { $0.paddedWord(at: offset) } == expected, "offset \(offset)")
    }
  }

  @Test(arguments: 0...24)
  func `a byte is found at every place, and an absent one isn't found`(_ count: Int) {
    for other in sixteenKinds {
      for byte in sixteenKinds where byte != other {
        var bytes = [UInt8](repeating: other, count: count)
        #expect(bytes.withSpan { !$0.contains(byte) })
        #expect(bytes.withSpan { $0.firstIndex(of: byte, from: 0) } == count)
        guard let last = bytes.indices.last else { continue }
        bytes[last] = byte
        for place in bytes.indices.reversed() {
          bytes[place] = byte
          for start in 0...place {
            #expect(bytes.withSpan { $0.firstIndex(of: byte, from: start) } == place)
          }
        }
      }
    }
  }

  @Test(arguments: UInt8.min...UInt8.max)
  func `control characters, quotation marks and backslashes need escapes`(_ byte: UInt8) {
    let needsEscape = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    for count in [1, 3, 7, 8, 9, 17] {
      for place in 0..<count {
        var bytes = [UInt8](repeating: 0x20, count: count)
        bytes[place] = byte
        #expect(bytes.withSpan { $0.needEscapes } == needsEscape, "\(place) of \(count)")
      }
    }
  }

  @Test(arguments: UInt8.min...UInt8.max)
  func `the first non-digit ends the digits`(_ byte: UInt8) {
    let isDigit = (0x30...0x39).contains(byte)
    for digit in [UInt8(ascii: "0"), UInt8(ascii: "9")] {
      for count in [1, 3, 7, 8, 9, 17] {
        for place in 0..<count {
          var bytes = [UInt8](repeating: digit, count: count)
          bytes[place] = byte
          let end = bytes.withSpan { $0.firstIndex(from: 0) { $0.marksOfNonDigits } }
          #expect(end == (isDigit ? count : place), "\(place) of \(count)")
        }
      }
    }
  }

  @Test(arguments: 0...24)
  func `bytes are the same when no bit differs`(_ count: Int) {
    let bytes = (0..<count).map { UInt8($0 * 7) }
    let isSame = { (other: [UInt8]) in
      bytes.withSpan { mine in other.withSpan { mine.hasSameBytes(as: $0) } }
    }
    #expect(isSame(bytes))
    #expect(!isSame(bytes + [0]))
    #expect(count == 0 || !isSame(Array(bytes.dropLast())))
    for bit in 0..<(count * 8) {
      var other = bytes
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!isSame(other), "bit \(bit)")
    }
  }
}
