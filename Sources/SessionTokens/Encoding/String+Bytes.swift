extension String {
  /// True when both strings have the same bytes; `==` would be canonical equivalence.
  @inline(never)
  func hasSameBytes(as other: String) -> Bool {
    utf8.withSpan { mine in other.utf8.withSpan { mine.hasSameBytes(as: $0) } }
  }

  /// True when one of the UTF-8 bytes is `byte`.
  @inline(never)
  func contains(byte: UInt8) -> Bool {
    utf8.withSpan { $0.contains(byte) }
  }

  /// Feeds the bytes to `hasher`, as equality by bytes needs it.
  @inline(never)
  func hashBytes(into hasher: inout Hasher) {
    utf8.withSpan { bytes in
      hasher.combine(bytes.count)
      for index in bytes.indices { hasher.combine(bytes[index]) }
    }
  }

  /// True when `bytes` are this string's UTF-8.
  @inline(never)
  func hasBytes(_ bytes: Span<UInt8>) -> Bool {
    utf8.withSpan { mine in mine.hasSameBytes(as: bytes) }
  }
}

/// True when both strings have the same bytes, or neither is there.
func hasSameBytes(_ a: String?, _ b: String?) -> Bool {
  switch (a, b) {
  case (let a?, let b?): a.hasSameBytes(as: b)
  case (nil, nil): true
  case (nil, _?), (_?, nil): false
  }
}

/// True when both arrays have strings of the same bytes in the same order.
func hasSameBytes(_ a: [String], _ b: [String]) -> Bool {
  a.elementsEqual(b) { $0.hasSameBytes(as: $1) }
}
