// SPDX-License-Identifier: Apache-2.0

extension String {
  /// Returns true when both strings have the same bytes; `==` would test canonical equivalence.
  @inline(never)
  func hasSameBytes(as other: String) -> Bool {
    utf8.withSpan { mine in other.utf8.withSpan { mine.hasSameBytes(as: $0) } }
  }

  /// Returns true when the string's UTF-8 contains `byte`.
  @inline(never)
  func contains(byte: UInt8) -> Bool { utf8.withSpan { $0.contains(byte) } }

  /// Hashes the bytes into `hasher`, consistently with `hasSameBytes(as:)`.
  @inline(never)
  func hashBytes(into hasher: inout Hasher) {
    utf8.withSpan { bytes in
      hasher.combine(bytes.count)
      for index in bytes.indices { hasher.combine(bytes[index]) }
    }
  }

  /// Returns true when the string's UTF-8 is `bytes`.
  @inline(never)
  func hasBytes(_ bytes: Span<UInt8>) -> Bool {
    utf8.withSpan { mine in mine.hasSameBytes(as: bytes) }
  }
}

/// Returns true when both strings have the same bytes, or both are `nil`.
func hasSameBytes(_ a: String?, _ b: String?) -> Bool {
  switch (a, b) {
  case (let a?, let b?): a.hasSameBytes(as: b)
  case (nil, nil): true
  case (nil, _?), (_?, nil): false
  }
}
