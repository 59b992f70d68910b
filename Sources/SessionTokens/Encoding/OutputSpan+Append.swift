// SPDX-License-Identifier: Apache-2.0

extension OutputSpan<UInt8> {
  /// Appends every byte of `bytes`.
  mutating func append(contentsOf bytes: Span<UInt8>) {
    precondition(bytes.count <= freeCapacity)
    // One block copy within the checked capacity; copying byte by byte takes ten times as long.
    unsafe withUnsafeMutableBufferPointer { storage, count in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        _ = unsafe UnsafeMutableBufferPointer(rebasing: storage[count...]).initialize(
          fromContentsOf: bytes)
      }
      count &+= bytes.count
    }
  }

  /// Appends the UTF-8 of `string`.
  mutating func append(utf8Of string: String) { string.utf8.withSpan { append(contentsOf: $0) } }

  /// Appends the UTF-8 of a constant.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    precondition(text.utf8CodeUnitCount <= freeCapacity)
    unsafe withUnsafeMutableBufferPointer { storage, count in
      text.withUTF8Buffer { bytes in
        _ = unsafe UnsafeMutableBufferPointer(rebasing: storage[count...]).initialize(
          fromContentsOf: bytes)
      }
      count &+= text.utf8CodeUnitCount
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
