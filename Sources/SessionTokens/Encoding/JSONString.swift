// SPDX-License-Identifier: Apache-2.0

// Strings of a JSON text: RFC 8259 §7, in UTF-8 (§8.1), and, where their values are read, without lone
// surrogates (RFC 7493 §2.1).
//
// Implementation: the reader finds a string as a range of the text and creates its value on demand, since
// most strings are only compared. A cursor resolves escapes byte by byte, so that comparing allocates no
// memory.

/// A string of a JSON text: the range of its bytes between the quotation marks.
struct JSONString {
  let start: Int
  let end: Int
  /// True when the string contains a backslash, so that its value differs from its bytes.
  let isEscaped: Bool
}

extension JSONString {
  /// Returns the value, with escapes resolved.
  func value(in bytes: Span<UInt8>) -> String {
    guard isEscaped else { return String(utf8: bytes.extracting(start..<end)) }
    return String(capacity: end &- start) { output in
      var cursor = JSONStringCursor(self)
      while let byte = cursor.next(bytes) { output.append(byte) }
    }
  }

  /// Returns true when the value has the same bytes as `expected`.
  func isEqual(to expected: String, in bytes: Span<UInt8>) -> Bool {
    expected.utf8.withSpan { isEqual(to: $0, in: bytes) }
  }

  /// Returns true when the value's UTF-8 is `expected`.
  func isEqual(to expected: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
    guard isEscaped else { return bytes.extracting(start..<end).hasSameBytes(as: expected) }
    var cursor = JSONStringCursor(self)
    var index = 0
    while let byte = cursor.next(bytes) {
      guard index < expected.count, expected[index] == byte else { return false }
      index &+= 1
    }
    return index == expected.count
  }

  /// Returns true when both strings have the same value.
  func isEqual(to other: JSONString, in bytes: Span<UInt8>) -> Bool {
    guard other.isEscaped else {
      return isEqual(to: bytes.extracting(other.start..<other.end), in: bytes)
    }
    var (mine, others) = (JSONStringCursor(self), JSONStringCursor(other))
    while let byte = mine.next(bytes) {
      guard others.next(bytes) == byte else { return false }
    }
    return others.next(bytes) == nil
  }

  /// Returns a hash of the value.
  func hash(in bytes: Span<UInt8>) -> Int {
    var hasher = Hasher()
    var cursor = JSONStringCursor(self)
    while let byte = cursor.next(bytes) { hasher.combine(byte) }
    return hasher.finalize()
  }
}

// MARK: - Escapes

/// A cursor over the bytes of a string's value, with escapes resolved.
///
/// An escape, or a pair of surrogate escapes, stands for one scalar of up to four bytes.
struct JSONStringCursor {
  private(set) var position: Int
  private let end: Int
  private var pending: UInt32 = 0
  private var pendingCount = 0
  /// True after an escape of a surrogate without its other half, in whose place U+FFFD is returned.
  private(set) var hasLoneSurrogate = false

  init(position: Int, end: Int) {
    self.position = position
    self.end = end
  }

  init(_ string: JSONString) { self.init(position: string.start, end: string.end) }

  /// Returns the next byte of the value's UTF-8; `nil` at its end.
  mutating func next(_ bytes: Span<UInt8>) -> UInt8? {
    if pendingCount > 0 {
      pendingCount &-= 1
      return UInt8(truncatingIfNeeded: pending &>> UInt32(truncatingIfNeeded: pendingCount &* 8))
    }
    guard position < end else { return nil }
    guard bytes[position] == UInt8(ascii: "\\") else {
      position &+= 1
      return bytes[position &- 1]
    }
    guard let scalar = nextScalar(bytes) else { return nil }
    for unit in String(scalar).utf8 {
      pending = pending &<< 8 | UInt32(unit)
      pendingCount &+= 1
    }
    return next(bytes)
  }

  /// Returns the scalar of the escape at the position; `nil` for an invalid escape.
  mutating func nextScalar(_ bytes: Span<UInt8>) -> Unicode.Scalar? {
    guard position &+ 1 < end else { return nil }
    let letter = bytes[position &+ 1]
    position &+= 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape(bytes)
    default: return nil
    }
  }

  private mutating func unicodeEscape(_ bytes: Span<UInt8>) -> Unicode.Scalar? {
    guard let unit = fourHexDigits(bytes) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    var next = self
    if unit < 0xdc00, position &+ 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position &+ 1] == UInt8(ascii: "u")
    {
      next.position &+= 2
      if let low = next.fourHexDigits(bytes), 0xdc00...0xdfff ~= low {
        self = next
        return Unicode.Scalar(0x10000 &+ (unit &- 0xd800) &<< 10 &+ (low &- 0xdc00))
      }
    }
    hasLoneSurrogate = true
    return "\u{fffd}"
  }

  private mutating func fourHexDigits(_ bytes: Span<UInt8>) -> UInt32? {
    guard end &- position >= 4 else { return nil }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit = bytes[position]
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value &<< 4 | UInt32(digit &- 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value &<< 4 | UInt32(digit &- 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value &<< 4 | UInt32(digit &- 0x37)
      default: return nil
      }
      position &+= 1
    }
    return value
  }
}

// MARK: - Reading

extension JSONReader {
  /// Reads a string; throws for invalid syntax, invalid UTF-8 and, unless it is foreign, a lone surrogate.
  mutating func readString(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString {
    try expect(UInt8(ascii: "\""), bytes)
    let start = position
    var isEscaped = false
    while true {
      position = bytes.firstIndex(from: position) { $0.marksOfEscapes | $0.marksOfNonASCII }
      guard position < bytes.count else { throw .syntax }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let string = JSONString(start: start, end: position, isEscaped: isEscaped)
        position &+= 1
        return string
      case UInt8(ascii: "\\"):
        isEscaped = true
        var cursor = JSONStringCursor(position: position, end: bytes.count)
        guard cursor.nextScalar(bytes) != nil, isForeign || !cursor.hasLoneSurrogate else {
          throw .syntax
        }
        position = cursor.position
      default:
        guard let count = bytes.utf8SequenceCount(at: position) else { throw .syntax }
        position &+= count
      }
    }
  }
}

extension Span<UInt8> {
  /// Returns the length of the well-formed sequence at `index` (Unicode table 3-7); `nil` if there is none.
  func utf8SequenceCount(at index: Int) -> Int? {
    let first = self[index]
    let expected =
      switch first {
      case 0xc2...0xdf: 2
      case 0xe0...0xef: 3
      case 0xf0...0xf4: 4
      default: 0
      }
    guard expected > 0, count &- index >= expected else { return nil }
    let second = self[index &+ 1]
    let allowed: ClosedRange<UInt8> =
      switch first {
      case 0xe0: 0xa0...0xbf
      case 0xed: 0x80...0x9f
      case 0xf0: 0x90...0xbf
      case 0xf4: 0x80...0x8f
      default: 0x80...0xbf
      }
    guard allowed.contains(second) else { return nil }
    for next in 2..<Swift.max(2, expected) where self[index &+ next] & 0xc0 != 0x80 { return nil }
    return expected
  }
}
