/// 128 bits that name a session or a token: 22 digits of base64url.
struct Identifier: Hashable, Sendable {
  static let byteCount = 16
  static let digitCount = 22

  fileprivate let words: SIMD4<UInt32>

  init(_ words: SIMD4<UInt32>) {
    self.words = words
  }

  /// Draws an identifier.
  init(using generator: inout some RandomNumberGenerator) {
    self.init(high: generator.next(), low: generator.next())
  }

  /// Creates an identifier from its two halves.
  init(high: UInt64, low: UInt64) {
    words = SIMD4(
      UInt32(truncatingIfNeeded: high &>> 32), UInt32(truncatingIfNeeded: high),
      UInt32(truncatingIfNeeded: low &>> 32), UInt32(truncatingIfNeeded: low))
  }

  /// Reads 22 canonical digits; `nil` for anything else.
  init?(_ text: Span<UInt8>) {
    guard text.count == Self.digitCount else { return nil }
    let words: SIMD4<UInt32>? = withScratch(capacity: Self.byteCount) { bytes in
      guard Base64URL.decode(text, to: &bytes) else { return nil }
      return SIMD4(
        bytes.span.bigEndianWord(at: 0), bytes.span.bigEndianWord(at: 4),
        bytes.span.bigEndianWord(at: 8), bytes.span.bigEndianWord(at: 12))
    }
    guard let words else { return nil }
    self.words = words
  }

  /// The 22 digits.
  var text: String {
    String(capacity: Self.digitCount) { $0.append(self) }
  }

  /// Compares in time that does not depend on where they differ.
  func isSame(as other: Identifier) -> Bool {
    let zero = SIMD4<UInt32>()
    return differingBits(
      SIMD8(lowHalf: words, highHalf: zero), SIMD8(lowHalf: other.words, highHalf: zero)) == 0
  }
}

extension OutputSpan<UInt8> {
  /// Appends the 22 digits.
  mutating func append(_ identifier: Identifier) {
    withScratch(capacity: Identifier.byteCount) { bytes in
      bytes.append(rawBytesOf: identifier)
      Base64URL.encode(bytes.span, to: &self)
    }
  }

  /// Appends the 16 bytes.
  mutating func append(rawBytesOf identifier: Identifier) {
    for index in 0..<4 { append(bigEndian: UInt64(identifier.words[index]), byteCount: 4) }
  }
}
