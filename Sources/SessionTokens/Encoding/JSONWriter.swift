// SPDX-License-Identifier: Apache-2.0

// A deterministic writer of JSON texts, RFC 8259.
//
//   no whitespace; members in their order; escapes only where a string needs them (§7), control
//   characters as \b \f \n \r \t or \u00xx; doubles in the shortest form that reads back the same
//
// Implementation: the methods extend the span that they write to. Nested functions that capture an `inout`
// writer would take six times as long. The caller allocates memory once, for a size that it computes first:
// the exact size of a value or a body, an upper bound for claims. Nesting is limited where a value is accepted.

extension OutputSpan<UInt8> {
  /// Appends a value, in which every number must be finite.
  mutating func append(json value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(decimal: value)
    case .double(let value): append(utf8Of: value.description)
    case .string(let value): append(json: value)
    case .array(let elements):
      append(UInt8(ascii: "["))
      for index in elements.indices {
        if index > 0 { append(UInt8(ascii: ",")) }
        append(json: elements[index])
      }
      append(UInt8(ascii: "]"))
    case .object(let members):
      append(UInt8(ascii: "{"))
      append(members: members)
      append(UInt8(ascii: "}"))
    }
  }

  /// Appends an object's members, without its braces.
  mutating func append(members: JSONObject) {
    for index in members.indices {
      if index > 0 { append(UInt8(ascii: ",")) }
      let member = members[index]
      append(json: member.name)
      append(UInt8(ascii: ":"))
      append(json: member.value)
    }
  }

  /// Appends the name of a member, which must need no escapes, to an open object.
  @inline(__always)
  mutating func append(name: StaticString) {
    appendSeparator()
    append(UInt8(ascii: "\""))
    append(name)
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
  }

  /// Appends the comma before a member, unless the member is the object's first.
  @inline(__always)
  mutating func appendSeparator() {
    if count > 0, self[count &- 1] != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
  }

  /// Appends a string in quotation marks, with the escapes that it needs.
  mutating func append(json string: String) { string.utf8.withSpan { append(quoting: $0) } }

  /// Appends the bytes of a string in quotation marks, with the escapes that they need.
  private mutating func append(quoting bytes: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    if bytes.needEscapes {
      for index in bytes.indices { append(escaping: bytes[index]) }
    } else {
      append(contentsOf: bytes)
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = count
    append(repeating: 0x30, count: rest.decimalCount)
    var digits = mutableSpan
    for index in (start..<digits.count).reversed() {
      digits[index] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// Appends a byte of a string, escaped where a JSON string requires it (RFC 8259 §7).
  @inline(__always)
  private mutating func append(escaping byte: UInt8) {
    let letter: UInt8
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = byte
    case 0x08: letter = UInt8(ascii: "b")
    case 0x0c: letter = UInt8(ascii: "f")
    case 0x0a: letter = UInt8(ascii: "n")
    case 0x0d: letter = UInt8(ascii: "r")
    case 0x09: letter = UInt8(ascii: "t")
    case 0x00...0x1f:
      append("\\u00")
      append(0x30 &+ byte &>> 4)
      append(byte & 0xf < 10 ? 0x30 &+ byte & 0xf : 0x57 &+ byte & 0xf)
      return
    default:
      append(byte)
      return
    }
    append(UInt8(ascii: "\\"))
    append(letter)
  }
}

extension Span<UInt8> {
  /// True when a JSON string must escape one of the bytes.
  @inline(__always)
  var needEscapes: Bool {
    guard count >= 8 else {
      let spaces = UInt64(repeating: 0x20) &<< UInt64(count &* 8)
      return (paddedWord(at: 0) | spaces).marksOfEscapes != 0
    }
    // The last eight bytes, which may overlap the word before them.
    var marks = word(at: count &- 8).marksOfEscapes
    var index = 0
    while index < count &- 8 {
      marks |= word(at: index).marksOfEscapes
      index &+= 8
    }
    return marks != 0
  }
}

// MARK: - Sizes: the exact number of bytes that the writer appends

extension JSONValue {
  /// The number of bytes of the value's text.
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

  /// Returns the value's text.
  func serialized() -> [UInt8] { [UInt8](capacity: encodedCount) { $0.append(json: self) } }
}

extension JSONObject {
  /// The object's text.
  var json: String { String(capacity: encodedCount + 2) { $0.append(json: .object(self)) } }

  /// The number of bytes of the members' text, without the braces.
  var encodedCount: Int {
    reduce(Swift.max(0, count - 1)) {
      $0 + $1.name.encodedJSONCount + 1 + $1.value.encodedCount
    }
  }
}

extension String {
  /// An upper bound of `encodedJSONCount`, which looks for escapes only in a long string.
  ///
  /// A byte takes at most six, as `\u0000`.
  var maximumEncodedJSONCount: Int {
    utf8.count <= 64 ? utf8.count * 6 + 2 : encodedJSONCount
  }

  /// The number of bytes of the string's text, with the quotation marks.
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
  var decimalCount: Int { magnitude.decimalCount &+ (self < 0 ? 1 : 0) }
}

extension UInt64 {
  /// The number of digits of the number in decimal.
  fileprivate var decimalCount: Int {
    var count = 1
    var rest = self / 10
    while rest > 0 {
      count &+= 1
      rest /= 10
    }
    return count
  }
}
