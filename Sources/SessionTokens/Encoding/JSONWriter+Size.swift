// The exact number of bytes that the writer appends.

extension JSONValue {
  /// The size of the value's text.
  var encodedCount: Int {
    switch self {
    case .null: 4
    case .bool(let value): value ? 4 : 5
    case .integer(let value): value.decimalCount
    case .double(let value): value.description.utf8.count
    case .string(let value): value.encodedJSONCount
    case .array(let elements):
      elements.reduce(2 + Swift.max(0, elements.count - 1)) { $0 + $1.encodedCount }
    case .object(let members): 2 + members.encodedCount
    }
  }

  /// The value's text.
  func serialized() -> [UInt8] {
    [UInt8](capacity: encodedCount) { $0.append(json: self) }
  }
}

extension JSONObject {
  /// The size of the members' text without braces.
  var encodedCount: Int {
    reduce(Swift.max(0, count - 1)) {
      $0 + $1.name.encodedJSONCount + 1 + $1.value.encodedCount
    }
  }
}

extension String {
  /// The size of the string's text with its quotation marks.
  @inline(never)
  var encodedJSONCount: Int {
    utf8.withSpan { bytes in
      var count = bytes.count + 2
      guard bytes.needEscapes else { return count }
      for index in bytes.indices {
        switch bytes[index] {
        case 0x08, 0x0c, 0x0a, 0x0d, 0x09, UInt8(ascii: "\""), UInt8(ascii: "\\"): count &+= 1
        case 0x00...0x1f: count &+= 5
        default: break
        }
      }
      return count
    }
  }
}

extension Int64 {
  /// The number of characters of the number in decimal.
  var decimalCount: Int {
    var count = self < 0 ? 2 : 1
    var rest = magnitude / 10
    while rest > 0 {
      count &+= 1
      rest /= 10
    }
    return count
  }
}
