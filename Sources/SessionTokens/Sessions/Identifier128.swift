// SPDX-License-Identifier: Apache-2.0

/// A 128-bit identifier of a session or a token, written as 22 digits of base64url.
struct Identifier128: Hashable, Sendable {
  static let byteCount = 16
  static let digitCount = 22

  private let words: SIMD4<UInt32>

  init(_ words: SIMD4<UInt32>) { self.words = words }

  /// Creates a random identifier.
  init(using generator: inout some RandomNumberGenerator) {
    self.init(high: generator.next(), low: generator.next())
  }

  /// Creates an identifier from its high and low 64 bits.
  init(high: UInt64, low: UInt64) {
    words = SIMD4(
      UInt32(truncatingIfNeeded: high &>> 32), UInt32(truncatingIfNeeded: high),
      UInt32(truncatingIfNeeded: low &>> 32), UInt32(truncatingIfNeeded: low))
  }

  /// Creates an identifier from 22 digits of canonical base64url; `nil` for any other text.
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

  /// Calls `body` with the 16 bytes.
  @inline(__always)
  func withBytes(_ body: (Span<UInt8>) -> Void) {
    SIMD8(lowHalf: words, highHalf: SIMD4()).withBytes { body($0.extracting(..<Self.byteCount)) }
  }

  /// The 22 digits.
  var text: String { String(capacity: Self.digitCount) { $0.append(self) } }

  /// Returns true when both identifiers are equal, comparing in constant time.
  func isSame(as other: Identifier128) -> Bool {
    let zero = SIMD4<UInt32>()
    return differingBits(
      SIMD8(lowHalf: words, highHalf: zero), SIMD8(lowHalf: other.words, highHalf: zero)) == 0
  }
}

extension OutputSpan<UInt8> {
  /// Appends the identifier's 22 digits.
  mutating func append(_ identifier: Identifier128) {
    identifier.withBytes { Base64URL.encode($0, to: &self) }
  }
}

extension JSONSlice {
  /// Returns the identifier that a string spells without escapes; `nil` for any other value.
  func identifier(in text: Span<UInt8>) -> Identifier128? {
    guard case .string(let string) = self else { return nil }
    return Identifier128(text.extracting(string.start..<string.end))
  }
}

extension MemberReader {
  /// Returns an identifier; records a failure for a value that isn't 22 digits of canonical base64url.
  mutating func identifier(_ member: JSONMember, in text: Span<UInt8>) -> Identifier128? {
    value(member) { $0.identifier(in: text) }
  }
}
