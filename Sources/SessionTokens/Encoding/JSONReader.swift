// SPDX-License-Identifier: Apache-2.0

// A strict reader of JSON texts: RFC 8259 with the restrictions of RFC 7493 (I-JSON).
//
// Implementation: one forward pass over a checked `Span`, with a stack of its own instead of recursion, so
// that no nesting overflows the thread's stack. The reader is a value that holds a position. Each call
// borrows the span, since a stored span would need experimental lifetime features. The reader finds scalars
// as ranges and converts them on demand, since most of a token is only compared.

/// Reads one JSON text from front to back.
struct JSONReader: ~Copyable {
  /// The maximum nesting depth of arrays and objects.
  static let maximumDepth = 32

  /// The index of the next byte.
  var position = 0
  /// True when an integer literal beyond `Int64` is an error; otherwise it reads as the nearest double.
  var refusesLargeIntegers = false
  /// True for a server's response: names may repeat, surrogates may be alone, and numbers that aren't
  /// read on demand may have any size.
  var isForeign = false
  private var names = MemberNames()

  /// Enters the object that is the whole text.
  mutating func beginObject(_ bytes: Span<UInt8>) throws(JSONError) {
    skipWhitespace(bytes)
    try expect(UInt8(ascii: "{"), bytes)
  }

  /// Returns the next member's name, or `nil` at the object's end; throws there for a duplicate name.
  mutating func nextName(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    let isFirst = names.isEmpty
    skipWhitespace(bytes)
    if skipIfPresent(UInt8(ascii: "}"), bytes) {
      try closeObject(0, bytes)
      return nil
    }
    if !isFirst {
      try expect(UInt8(ascii: ","), bytes)
      skipWhitespace(bytes)
    }
    return try readMemberName(bytes, objectStart: 0)
  }

  /// Returns the value of the member whose name was read last, as a slice whose syntax is checked.
  mutating func nextSlice(_ bytes: Span<UInt8>) throws(JSONError) -> JSONSlice {
    skipWhitespace(bytes)
    guard position < bytes.count else { throw .syntax }
    switch bytes[position] {
    case UInt8(ascii: "\""):
      return .string(try readString(bytes))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try readNumber(bytes))
    default:
      let start = position
      _ = try nextValue(bytes)
      return .other(start: start)
    }
  }

  /// Returns the value of the member whose name was read last.
  mutating func nextValue(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    try readValue(bytes, depth: 1)
  }

  /// Throws unless only whitespace is left.
  mutating func expectEnd(_ bytes: Span<UInt8>) throws(JSONError) {
    skipWhitespace(bytes)
    guard position == bytes.count else { throw .syntax }
  }

  /// Returns the elements of the array at `start`; `nil` for another kind of value.
  static func array(at start: Int, in bytes: Span<UInt8>) -> [JSONValue]? {
    var reader = JSONReader()
    reader.position = start
    return (try? reader.readValue(bytes, depth: 1))?.array
  }

  /// Reads one value of any kind; `depth` arrays and objects enclose it.
  mutating func readValue(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
    var open: [JSONContainer] = []
    while true {
      skipWhitespace(bytes)
      guard position < bytes.count else { throw .syntax }
      var value: JSONValue
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth + open.count < Self.maximumDepth else { throw .tooDeep }
        var container = JSONContainer(
          isObject: bytes[position] == UInt8(ascii: "{"), firstNameIndex: names.count)
        position += 1
        skipWhitespace(bytes)
        if !skipIfPresent(container.closingBracket, bytes) {
          if container.isObject {
            container.name = try readMemberName(bytes, objectStart: container.firstNameIndex)
          }
          open.append(container)
          continue
        }
        value = container.value
      default:
        value = try readScalar(bytes)
      }
      while true {
        guard var container = open.popLast() else { return value }
        container.append(value, bytes)
        skipWhitespace(bytes)
        if skipIfPresent(UInt8(ascii: ","), bytes) {
          skipWhitespace(bytes)
          if container.isObject {
            container.name = try readMemberName(bytes, objectStart: container.firstNameIndex)
          }
          open.append(container)
          break
        }
        try expect(container.closingBracket, bytes)
        if container.isObject { try closeObject(container.firstNameIndex, bytes) }
        value = container.value
      }
    }
  }

  private mutating func readScalar(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    switch bytes[position] {
    case UInt8(ascii: "\""):
      return .string(try readString(bytes).value(in: bytes))
    case UInt8(ascii: "t"):
      try expect("true", bytes)
      return .bool(true)
    case UInt8(ascii: "f"):
      try expect("false", bytes)
      return .bool(false)
    case UInt8(ascii: "n"):
      try expect("null", bytes)
      return .null
    default:
      let number = try readNumber(bytes)
      if refusesLargeIntegers, number.isInteger, number.integer(in: bytes) == nil {
        throw .numberOutOfRange
      }
      // Values nested in a response are discarded, so their numbers need no conversion.
      return isForeign ? .null : try number.value(in: bytes)
    }
  }

  /// Forgets the names of an object; throws when two of them are equal.
  private mutating func closeObject(
    _ firstNameIndex: Int, _ bytes: Span<UInt8>
  ) throws(JSONError) {
    if !isForeign, names.haveDuplicate(from: firstNameIndex, in: bytes) { throw .duplicateName }
    names.removeAll(from: firstNameIndex)
  }

  private mutating func readMemberName(
    _ bytes: Span<UInt8>, objectStart: Int
  ) throws(JSONError) -> JSONString {
    let name = try readString(bytes)
    names.append(name, in: bytes, objectStart: objectStart)
    skipWhitespace(bytes)
    try expect(UInt8(ascii: ":"), bytes)
    return name
  }

  /// Skips the whitespace of RFC 8259 §2.
  mutating func skipWhitespace(_ bytes: Span<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position &+= 1
      default: return
      }
    }
  }

  /// Skips `byte` if it comes next; otherwise returns false.
  mutating func skipIfPresent(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Skips `byte`; throws when another byte comes next.
  mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONError) {
    guard skipIfPresent(byte, bytes) else { throw .syntax }
  }

  /// Skips the bytes of `word`; throws when others come next.
  mutating func expect(_ word: String, _ bytes: Span<UInt8>) throws(JSONError) {
    for byte in word.utf8 { try expect(byte, bytes) }
  }
}

/// A value of a JSON text as the range of its bytes, which is converted on demand.
enum JSONSlice {
  case string(JSONString)
  case number(JSONNumber)
  /// An array, an object, `true`, `false` or `null`, by the index of its first byte.
  case other(start: Int)

  /// Returns true when the value is `null`.
  func isNull(in bytes: Span<UInt8>) -> Bool {
    if case .other(let start) = self { bytes[start] == UInt8(ascii: "n") } else { false }
  }
}

/// An array or object that is still open.
private struct JSONContainer {
  let isObject: Bool
  /// The index of the object's first name among the names of all open objects.
  let firstNameIndex: Int
  /// The name of the member whose value comes next.
  var name: JSONString?
  var elements: [JSONValue] = []
  var members: [(String, JSONValue)] = []

  var closingBracket: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  var value: JSONValue { isObject ? .object(JSONObject(members)) : .array(elements) }

  mutating func append(_ value: JSONValue, _ bytes: Span<UInt8>) {
    if let name {
      members.append((name.value(in: bytes), value))
    } else {
      elements.append(value)
    }
  }
}

/// The reason that this package refuses a JSON text (RFC 8259, RFC 7493).
enum JSONError: Error, Hashable {
  /// The text isn't JSON, or has invalid UTF-8, a byte order mark or a lone surrogate.
  case syntax
  /// A member name appears twice in one object; spelling it with escapes makes no difference.
  case duplicateName
  /// Arrays and objects nest deeper than ``JSONReader/maximumDepth``.
  case tooDeep
  /// A number is too large for a double, or, with `refusesLargeIntegers`, an integer is beyond `Int64`.
  case numberOutOfRange
}
