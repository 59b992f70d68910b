extension JSONString {
  /// The value, escapes resolved.
  func value(in bytes: Span<UInt8>) -> String {
    guard isEscaped else { return String(utf8: bytes.extracting(start..<end)) }
    return String(capacity: end &- start) { output in
      var cursor = JSONStringCursor(self)
      while let byte = cursor.next(bytes) { output.append(byte) }
    }
  }

  /// True when the value's UTF-8 is that of `expected`.
  func isEqual(to expected: String, in bytes: Span<UInt8>) -> Bool {
    expected.utf8.withSpan { isEqual(to: $0, in: bytes) }
  }

  /// True when the value's UTF-8 is `expected`.
  func isEqual(to expected: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
    guard isEscaped else { return bytes.extracting(start..<end).hasSameBytes(as: expected) }
    var cursor = JSONStringCursor(self)
    var index = 0
    while let byte = cursor.next(bytes) {
      guard index < expected.count, expected[index] == byte else { return false }
      index &+= 1
    }
    return index == expected.count
  }

  /// True when both strings have the same value.
  func isEqual(to other: JSONString, in bytes: Span<UInt8>) -> Bool {
    guard other.isEscaped else {
      return isEqual(to: bytes.extracting(other.start..<other.end), in: bytes)
    }
    var (mine, others) = (JSONStringCursor(self), JSONStringCursor(other))
    while let byte = mine.next(bytes) {
      guard others.next(bytes) == byte else { return false }
    }
    return others.next(bytes) == nil
  }

  /// A hash of the value.
  func hash(in bytes: Span<UInt8>) -> Int {
    var hasher = Hasher()
    var cursor = JSONStringCursor(self)
    while let byte = cursor.next(bytes) { hasher.combine(byte) }
    return hasher.finalize()
  }
}
