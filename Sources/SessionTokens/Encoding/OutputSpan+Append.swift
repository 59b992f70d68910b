// SPDX-License-Identifier: Apache-2.0

extension OutputSpan<UInt8> {
  /// Appends every byte of `bytes`.
  mutating func append(contentsOf bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(copyOf: $0) }
  }

  /// Appends the UTF-8 of `string`.
  mutating func append(utf8Of string: String) { string.utf8.withSpan { append(contentsOf: $0) } }

  /// Appends the UTF-8 of a constant, which the compiler stores as numbers.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { unsafe append(copyOf: $0) }
  }

  /// Appends by one block copy within the checked capacity; byte by byte takes ten times as long.
  @inline(__always)
  private mutating func append(copyOf bytes: UnsafeBufferPointer<UInt8>) {
    precondition(bytes.count <= freeCapacity)
    unsafe withUnsafeMutableBufferPointer { storage, count in
      _ = unsafe UnsafeMutableBufferPointer(rebasing: storage[count...]).initialize(
        fromContentsOf: bytes)
      count &+= bytes.count
    }
  }

  /// Appends the low `byteCount` bytes of a number, most significant first.
  @inline(__always)
  mutating func append(bigEndian value: UInt64, byteCount: Int) {
    for index in (0..<byteCount).reversed() {
      append(UInt8(truncatingIfNeeded: value &>> UInt64(index &* 8)))
    }
  }
}
