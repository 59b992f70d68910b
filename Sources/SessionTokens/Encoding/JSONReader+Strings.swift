// Strings, RFC 8259 §7, as UTF-8 (§8.1), and without lone surrogates (RFC 7493 §2.1) where they are read.

extension JSONReader {
  /// Reads a string and proves its bytes well formed.
  mutating func readString(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString {
    guard let string = try skipString(bytes) else { throw .syntax }
    return string
  }

  /// Steps over a string; `nil` for one with a lone surrogate, which is JSON and has no value.
  mutating func skipString(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    try expect(UInt8(ascii: "\""), bytes)
    let start = position
    var isEscaped = false
    var hasLoneSurrogate = false
    while true {
      position = bytes.firstIndex(from: position) { $0.marksOfEscapes | $0.marksOfNonASCII }
      guard position < bytes.count else { throw .syntax }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let string = JSONString(start: start, end: position, isEscaped: isEscaped)
        position &+= 1
        return hasLoneSurrogate ? nil : string
      case UInt8(ascii: "\\"):
        isEscaped = true
        var cursor = JSONStringCursor(position: position, end: bytes.count)
        if cursor.nextScalar(bytes) == nil {
          cursor = JSONStringCursor(position: position, end: bytes.count)
          guard cursor.skipUnicodeEscape(bytes) else { throw .syntax }
          hasLoneSurrogate = true
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
  /// The bytes of the well-formed sequence at `index`, Unicode table 3-7; `nil` if there is none.
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
