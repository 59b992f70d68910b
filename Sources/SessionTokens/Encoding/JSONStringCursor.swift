/// Walks over the bytes of a string's value, escapes resolved.
///
/// One escape is one scalar of up to four bytes; a pair of surrogate escapes is one scalar as well.
struct JSONStringCursor {
  private(set) var position: Int
  private let end: Int
  private var pending: UInt32 = 0
  private var pendingCount = 0

  init(position: Int, end: Int) {
    self.position = position
    self.end = end
  }

  init(_ string: JSONString) {
    self.init(position: string.start, end: string.end)
  }

  /// The next byte of the value's UTF-8; `nil` at its end.
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

  /// Reads the escape at the position; `nil` when it is none, or half of a surrogate pair.
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

  /// Steps over `\u` and four hexadecimal digits; false where there are none.
  mutating func skipUnicodeEscape(_ bytes: Span<UInt8>) -> Bool {
    guard position &+ 1 < end, bytes[position &+ 1] == UInt8(ascii: "u") else { return false }
    position &+= 2
    return fourHexDigits(bytes) != nil
  }

  private mutating func unicodeEscape(_ bytes: Span<UInt8>) -> Unicode.Scalar? {
    guard let high = fourHexDigits(bytes) else { return nil }
    guard 0xd800...0xdbff ~= high else { return Unicode.Scalar(high) }
    guard position &+ 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position &+ 1] == UInt8(ascii: "u")
    else { return nil }
    position &+= 2
    guard let low = fourHexDigits(bytes), 0xdc00...0xdfff ~= low else { return nil }
    return Unicode.Scalar(0x10000 &+ (high &- 0xd800) &<< 10 &+ (low &- 0xdc00))
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
