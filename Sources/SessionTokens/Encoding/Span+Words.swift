// Eight bytes at a time: what a byte-wise loop would spend a sixth of a verification on.
//
//   x = a word of eight bytes, the first of them lowest;  0xnn… = the byte nn eight times
//   bytes of x that are zero            (x - 0x01…) & ~x & 0x80…
//   bytes of x below n, n ≤ 0x80        (x - 0xnn…) & ~x & 0x80…
//
// Shape: a test leaves the high bit of each byte that passes. A borrow can set one above such a byte
// and never one below, so two questions have right answers: does any byte pass, and which is first.
// Loads are checked; they are called unsafe because a type could be read that not all bytes make.

extension UInt64 {
  /// The byte eight times.
  @inline(__always)
  init(repeating byte: UInt8) {
    self = 0x0101_0101_0101_0101 &* UInt64(byte)
  }

  /// Marks the bytes that are `byte`.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 {
    (self ^ UInt64(repeating: byte)).marks(below: 1)
  }

  /// Marks the bytes that are less than `bound`, which is at most 0x80.
  @inline(__always)
  func marks(below bound: UInt8) -> UInt64 {
    (self &- UInt64(repeating: bound)) & ~self & UInt64(repeating: 0x80)
  }

  /// Marks the bytes that cannot stand in a JSON string as they are (RFC 8259 §7).
  @inline(__always)
  var marksOfEscapes: UInt64 {
    marks(below: 0x20) | marks(of: UInt8(ascii: "\"")) | marks(of: UInt8(ascii: "\\"))
  }

  /// Marks the bytes that are not ASCII.
  @inline(__always)
  var marksOfNonASCII: UInt64 { self & UInt64(repeating: 0x80) }
}

extension Span<UInt8> {
  /// The eight bytes from `offset` on.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The eight bytes from `offset` on, which is at most `count`; zeros where there are none left.
  ///
  /// Fewer than eight are read as parts that overlap.
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

  /// The first index from `start` on whose byte `marks` marks; `count` if there is none.
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

  /// The first index from `start` on of `byte`; `count` if there is none.
  @inline(__always)
  func firstIndex(of byte: UInt8, from start: Int) -> Int {
    firstIndex(from: start) { $0.marks(of: byte) }
  }

  /// True when one of the bytes is `byte`.
  func contains(_ byte: UInt8) -> Bool {
    firstIndex(of: byte, from: 0) < count
  }

  /// True when both spans hold the same bytes; not for secrets, since it stops at a difference.
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
