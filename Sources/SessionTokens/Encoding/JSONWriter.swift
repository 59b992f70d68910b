// A deterministic writer of JSON texts, RFC 8259.
//
//   no white space; members in their order; in strings only what must be escaped is (§7), control
//   characters as \b \f \n \r \t or \u00xx; doubles in the shortest form that reads back the same
//
// Shape: methods on the span that is written to and no writer object, since nested functions that
// capture it cost six times as much. Memory is taken once, for a size that is computed first: the
// exact one of values, a bound of claims and bodies. The depth of values is bounded by whoever
// accepted them.

extension OutputSpan<UInt8> {
  /// Appends a value, which must be finite throughout.
  mutating func append(json value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(decimal: value)
    case .double(let value): append(value.description)
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

  /// Appends an object's members without its braces.
  mutating func append(members: JSONObject) {
    for index in members.indices {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(json: members[index].name)
      append(UInt8(ascii: ":"))
      append(json: members[index].value)
    }
  }

  /// Appends the name of a member, which needs no escapes, to an object that is open.
  mutating func append(name: String) {
    appendSeparator()
    append(UInt8(ascii: "\""))
    append(name)
    append("\":")
  }

  /// Appends the comma before a member, unless it is the object's first.
  mutating func appendSeparator() {
    if count > 0, self[count &- 1] != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
  }

  /// Appends a string with its quotation marks.
  mutating func append(json string: String) {
    append(UInt8(ascii: "\""))
    string.utf8.withSpan { bytes in
      if !bytes.needEscapes {
        append(contentsOf: bytes)
      } else {
        for index in bytes.indices { append(escaping: bytes[index]) }
      }
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    withScratch(capacity: 20) { digits in
      var rest = value.magnitude
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        digits.append(0x30 &+ UInt8(truncatingIfNeeded: digit))
        rest = quotient
      } while rest > 0
      for index in digits.span.indices.reversed() { append(digits.span[index]) }
    }
  }

  @inline(__always)
  private mutating func append(escaping byte: UInt8) {
    guard byte.needsEscape else {
      append(byte)
      return
    }
    append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: append(UInt8(ascii: "b"))
    case 0x0c: append(UInt8(ascii: "f"))
    case 0x0a: append(UInt8(ascii: "n"))
    case 0x0d: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x00...0x1f:
      append("u00")
      append(0x30 &+ byte &>> 4)
      append(byte & 0xf < 10 ? 0x30 &+ byte & 0xf : 0x57 &+ byte & 0xf)
    default: append(byte)
    }
  }
}

extension UInt8 {
  /// True for the bytes that RFC 8259 §7 does not let stand in a string.
  @inline(__always)
  fileprivate var needsEscape: Bool {
    self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
  }
}

extension Span<UInt8> {
  /// True when one of the bytes cannot stand in a string as it is.
  var needEscapes: Bool {
    firstIndex(from: 0) { $0.marksOfEscapes } < count
  }
}
