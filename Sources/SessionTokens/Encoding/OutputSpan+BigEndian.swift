extension OutputSpan<UInt8> {
  /// Appends the low bytes of a number, most significant first.
  @inline(__always)
  mutating func append(bigEndian value: UInt64, byteCount: Int) {
    for index in 1...byteCount {
      append(UInt8(truncatingIfNeeded: value &>> UInt64((byteCount &- index) &* 8)))
    }
  }
}
