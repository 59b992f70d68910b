// A strict reader of JSON texts: RFC 8259 with the restrictions of RFC 7493 (I-JSON).
//
// Shape: one forward pass over a checked `Span`, with a stack of its own in place of recursion, so
// that no nesting can exhaust the thread's. The reader is a value that holds a position; the span is
// lent to each call, since a stored span would bind the reader's lifetime to experimental features.
// Scalars are found as ranges and made into values on demand: most of a token is only compared.

/// Reads one JSON text from front to back.
struct JSONReader {
  /// The deepest nesting of arrays and objects that is read.
  static let maximumDepth = 32

  /// The index of the next byte.
  var position = 0
  /// True to refuse a whole number beyond `Int64`, which otherwise reads as the nearest double.
  var refusesLargeIntegers = false
  private var names = MemberNames()

  /// Enters the object that the whole text must be.
  mutating func beginObject(_ bytes: Span<UInt8>) throws(JSONError) {
    skipWhitespace(bytes)
    try expect(UInt8(ascii: "{"), bytes)
  }

  /// The name of the next member, or `nil` at the object's end, where names must have been unique.
  mutating func nextName(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    let isFirst = names.isEmpty
    skipWhitespace(bytes)
    if consume(UInt8(ascii: "}"), bytes) {
      if names.haveDuplicate(from: 0, in: bytes) { throw .duplicateName }
      return nil
    }
    if !isFirst {
      try expect(UInt8(ascii: ","), bytes)
      skipWhitespace(bytes)
    }
    return try readMemberName(bytes, objectStart: 0)
  }

  /// The value of the member whose name was read last, proved well formed.
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

  /// The value of the member whose name was read last.
  mutating func nextValue(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    try readValue(bytes, depth: 1)
  }

  /// Demands that nothing but white space is left.
  mutating func end(_ bytes: Span<UInt8>) throws(JSONError) {
    skipWhitespace(bytes)
    guard position == bytes.count else { throw .syntax }
  }

  /// The elements of the array at `start`; `nil` for another kind of value.
  static func array(at start: Int, in bytes: Span<UInt8>) -> [JSONValue]? {
    var reader = JSONReader()
    reader.position = start
    return (try? reader.readValue(bytes, depth: 1))?.array
  }

  /// Reads one value of any kind; `depth` arrays and objects are open around it.
  mutating func readValue(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
    var open: [JSONContainer] = []
    while true {
      skipWhitespace(bytes)
      guard position < bytes.count else { throw .syntax }
      var value: JSONValue
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth + open.count < Self.maximumDepth else { throw .tooDeep }
        var container = JSONContainer(isObject: bytes[position] == UInt8(ascii: "{"))
        container.firstName = names.count
        position += 1
        skipWhitespace(bytes)
        if !consume(container.closingBracket, bytes) {
          if container.isObject {
            container.name = try readMemberName(bytes, objectStart: container.firstName)
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
        if consume(UInt8(ascii: ","), bytes) {
          skipWhitespace(bytes)
          if container.isObject {
            container.name = try readMemberName(bytes, objectStart: container.firstName)
          }
          open.append(container)
          break
        }
        try expect(container.closingBracket, bytes)
        if container.isObject {
          if names.haveDuplicate(from: container.firstName, in: bytes) { throw .duplicateName }
          names.removeAll(from: container.firstName)
        }
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
      return try number.value(in: bytes)
    }
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

  /// Steps over the white space of RFC 8259 §2.
  mutating func skipWhitespace(_ bytes: Span<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position &+= 1
      default: return
      }
    }
  }

  /// Steps over `byte` if it comes next.
  mutating func consume(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Steps over `byte`, which must come next.
  mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONError) {
    guard consume(byte, bytes) else { throw .syntax }
  }

  /// Steps over the bytes of `word`, which must come next.
  mutating func expect(_ word: String, _ bytes: Span<UInt8>) throws(JSONError) {
    for byte in word.utf8 { try expect(byte, bytes) }
  }
}

/// A value of a JSON text as the range of its bytes, which is made into a value on demand.
enum JSONSlice {
  case string(JSONString)
  case number(JSONNumber)
  /// An array or an object, one of `true`, `false` and `null`, or, where values are only stepped over,
  /// a string with a lone surrogate: where its bytes begin.
  case other(start: Int)

  /// True for `null`.
  func isNull(in bytes: Span<UInt8>) -> Bool {
    if case .other(let start) = self { bytes[start] == UInt8(ascii: "n") } else { false }
  }
}

/// A member that was looked for in an object: its name, and the slice that is its value.
struct JSONMember {
  let name: String
  /// `nil` when the object has no such member.
  var value: JSONSlice?
}

/// An array or object that the reader has entered and not yet left.
private struct JSONContainer {
  let isObject: Bool
  /// The name of the member whose value comes next.
  var name: JSONString?
  /// The index of this object's first name among those of all open objects.
  var firstName = 0
  private var elements: [JSONValue] = []
  private var members: [(String, JSONValue)] = []

  init(isObject: Bool) {
    self.isObject = isObject
  }

  var closingBracket: UInt8 {
    isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
  }

  var value: JSONValue {
    isObject ? .object(JSONObject(members)) : .array(elements)
  }

  mutating func append(_ value: JSONValue, _ bytes: Span<UInt8>) {
    if let name {
      members.append((name.value(in: bytes), value))
    } else {
      elements.append(value)
    }
  }
}

/// A reason why bytes aren't a JSON text that this package accepts (RFC 8259, RFC 7493).
enum JSONError: Error, Hashable {
  /// Not JSON: also invalid UTF-8, a byte order mark, or a lone surrogate.
  case syntax
  /// A member name appears twice in one object, perhaps spelled with escapes.
  case duplicateName
  /// Arrays and objects nest deeper than ``JSONReader/maximumDepth``.
  case tooDeep
  /// A number too large for a double, or, where that is asked for, a whole one beyond `Int64`.
  case numberOutOfRange
}
