// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Laws of strict base64url: one text for each sequence of bytes, and any other text is refused.
@Suite struct Base64URLPropertyTests {
  static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  @Test(arguments: 0..<UInt64(16))
  func `decoding undoes encoding, and Foundation writes the same text`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<32 {
      let bytes = generator.bytes(count: generator.below(260))
      let text = Base64URL.encode(bytes)
      #expect(text == Base64URLBytes.text(bytes))
      #expect(Base64URL.decode(text.utf8) == bytes)
    }
  }

  @Test func `the computed counts are those of the texts`() {
    for count in 0..<200 {
      let text = Base64URL.encode([UInt8](repeating: 0xff, count: count))
      #expect(Base64URL.encodedCount(count) == text.utf8.count)
      #expect(Base64URL.decodedCount(text.utf8.count) == count)
    }
  }

  @Test(arguments: [1, 5, 9, 41, 1_025])
  func `a length with one digit left over is refused`(_ count: Int) {
    #expect(Base64URL.decodedCount(count) == nil)
    let text = [UInt8](repeating: 0x41, count: count)
    #expect(Base64URL.decode(text) == nil)
    let appended = [UInt8](capacity: count) { bytes in
      text.withSpan { #expect(!Base64URL.decode($0, to: &bytes)) }
    }
    #expect(appended.isEmpty)
  }

  @Test func `of all texts of two bytes only the 256 canonical ones are accepted`() {
    var accepted = 0
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        guard let bytes = Base64URL.decode([first, second]) else { continue }
        accepted += 1
        #expect(Array(Base64URL.encode(bytes).utf8) == [first, second])
      }
    }
    #expect(accepted == 256)
  }

  @Test(arguments: [UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "_")])
  func `of all texts of three digits only every fourth is accepted`(_ first: UInt8) {
    var accepted = 0
    for second in Self.alphabet {
      for third in Self.alphabet {
        guard let bytes = Base64URL.decode([first, second, third]) else { continue }
        accepted += 1
        #expect(Array(Base64URL.encode(bytes).utf8) == [first, second, third])
      }
    }
    #expect(accepted == 1_024)
  }

  @Test(arguments: [(2, 16), (3, 4)])
  func `a last digit with unused bits is refused`(_ count: Int, _ step: Int) {
    for (value, digit) in Self.alphabet.enumerated() {
      let text = [UInt8](repeating: 0x51, count: 4 + count - 1) + [digit]
      #expect((Base64URL.decode(text) != nil) == value.isMultiple(of: step), "\(value)")
    }
  }

  @Test(arguments: 0..<4)
  func `a byte is accepted only if it is a digit`(_ position: Int) {
    for byte in UInt8.min...UInt8.max {
      let isDigit = Self.alphabet.contains(byte)
      var text = Array("AAAAAAAA".utf8)
      text[position] = byte
      #expect((Base64URL.decode(text) != nil) == isDigit, "\(byte)")
      if position < 2 {
        #expect((Base64URL.decode(text.prefix(7)) != nil) == isDigit, "\(byte)")
      }
      if position == 0 {
        #expect((Base64URL.decode(text.prefix(6)) != nil) == isDigit, "\(byte)")
      }
    }
  }

  @Test func `a byte that isn't a digit is refused among the last three and two digits`() {
    for byte in UInt8.min...UInt8.max where !Self.alphabet.contains(byte) {
      for position in 4..<7 {
        var text = Array("AAAAAAA".utf8)
        text[position] = byte
        #expect(Base64URL.decode(text) == nil, "\(byte) at \(position)")
        if position < 6 { #expect(Base64URL.decode(text.prefix(6)) == nil, "\(byte)") }
      }
    }
  }
}
