// SPDX-License-Identifier: Apache-2.0

// Eight bytes at a time: a loop over single bytes would take a sixth of a verification.
//
//   x = a word of eight bytes, the first one lowest;  0xnn… = the byte nn eight times
//   bytes of x that are zero            (x - 0x01…) & ~x & 0x80…
//   bytes of x below n, n ≤ 0x80        (x - 0xnn…) & ~x & 0x80…
//
// Implementation: a test sets the high bit of each byte that passes. A borrow can also set it in a byte above
// one that passes, never below. So only two results are reliable: whether any byte passes, and which is first.
// Loads check their bounds; they are called unsafe because they could read a type for which some bytes are
// invalid.

extension UInt64 {
  /// Creates a word whose eight bytes are all `byte`.
  @inline(__always)
  init(repeating byte: UInt8) { self = 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// Marks the bytes that equal `byte`.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 { (self ^ UInt64(repeating: byte)).marks(below: 1) }

  /// Marks the bytes that are less than `bound`, which is at most 0x80.
  @inline(__always)
  func marks(below bound: UInt8) -> UInt64 {
    (self &- UInt64(repeating: bound)) & ~self & UInt64(repeating: 0x80)
  }

  /// The marks of the bytes that a JSON string can't contain unescaped (RFC 8259 §7).
  @inline(__always)
  var marksOfEscapes: UInt64 {
    // Flipping bit 1 moves the quotation mark, 0x22, to 0x20, next to the control characters.
    (self ^ UInt64(repeating: 0x02)).marks(below: 0x21) | marks(of: UInt8(ascii: "\\"))
  }

  /// The marks of the bytes that aren't decimal digits.
  @inline(__always)
  var marksOfNonDigits: UInt64 {
    // Flipping 0x30 moves the digits to 0 … 9. Seven bits and 0x76 reach 0x80 from 10 on, without a carry.
    let flipped = self ^ UInt64(repeating: 0x30)
    let sums = (flipped & UInt64(repeating: 0x7f)) &+ UInt64(repeating: 0x76)
    return (sums | flipped) & UInt64(repeating: 0x80)
  }

  /// The marks of the bytes that aren't ASCII.
  @inline(__always)
  var marksOfNonASCII: UInt64 { self & UInt64(repeating: 0x80) }
}

extension Span<UInt8> {
  /// Returns the eight bytes from `offset` on, the first one lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns the eight bytes from `offset` on, with zeros beyond the end; `offset` is at most `count`.
  ///
  /// Fewer than eight bytes are read in parts that overlap.
  @inline(__always)
  func paddedWord(at offset: Int) -> UInt64 {
    let rest = count &- offset
    if rest >= 8 { return word(at: offset) }
    if rest >= 4 {
      return halfWord(at: offset) | halfWord(at: count &- 4) &<< UInt64((rest &- 4) &* 8)
    }
    guard rest > 0 else { return 0 }
    let middle = rest / 2
    return UInt64(self[offset]) | UInt64(self[offset &+ middle]) &<< UInt64(middle &* 8)
      | UInt64(self[count &- 1]) &<< UInt64((rest &- 1) &* 8)
  }

  @inline(__always)
  private func halfWord(at offset: Int) -> UInt64 {
    let half = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return UInt64(UInt32(littleEndian: half))
  }

  /// Returns the first index from `start` on that `marks` marks; `count` if there is none.
  @inline(__always)
  func firstIndex(from start: Int, markedBy marks: (UInt64) -> UInt64) -> Int {
    var index = start
    while count &- index >= 8 {
      let found = marks(word(at: index))
      if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    let found = marks(paddedWord(at: index))
    return Swift.min(index &+ found.trailingZeroBitCount &>> 3, count)
  }

  /// Returns the first index of `byte` from `start` on; `count` if there is none.
  @inline(__always)
  func firstIndex(of byte: UInt8, from start: Int) -> Int {
    firstIndex(from: start) { $0.marks(of: byte) }
  }

  /// Returns true when the span contains `byte`.
  func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte, from: 0) < count }

  /// Returns true when both spans have the same bytes; not for secrets, since it stops at a difference.
  func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while count &- index >= 8 {
      guard word(at: index) == other.word(at: index) else { return false }
      index &+= 8
    }
    return paddedWord(at: index) == other.paddedWord(at: index)
  }
}
