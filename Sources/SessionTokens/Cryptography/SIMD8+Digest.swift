// A SHA-256 digest is eight words here, a SIMD8<UInt32>; these are its 32 bytes, big-endian (FIPS 180-4 §6.2.2).

extension SIMD8<UInt32> {
  /// Reads a digest of exactly 32 bytes; `nil` for any other count.
  init?(digest bytes: Span<UInt8>) {
    guard bytes.count == SHA256.digestByteCount else { return nil }
    self.init()
    for index in 0..<8 { self[index] = bytes.bigEndianWord(at: index &* 4) }
  }
}

extension Span<UInt8> {
  /// The big-endian word of the four bytes at `offset`, FIPS 180-4 §3.1.
  @inline(__always)
  func bigEndianWord(at offset: Int) -> UInt32 {
    UInt32(self[offset]) &<< 24 | UInt32(self[offset &+ 1]) &<< 16
      | UInt32(self[offset &+ 2]) &<< 8 | UInt32(self[offset &+ 3])
  }
}

extension OutputSpan<UInt8> {
  /// Appends the 32 bytes of a digest.
  mutating func append(digest: SIMD8<UInt32>) {
    for index in 0..<8 { append(bigEndian: UInt64(digest[index]), byteCount: 4) }
  }
}

extension [UInt8] {
  /// The 32 bytes of a digest.
  init(_ digest: SIMD8<UInt32>) {
    self.init(capacity: SHA256.digestByteCount) { $0.append(digest: digest) }
  }
}
