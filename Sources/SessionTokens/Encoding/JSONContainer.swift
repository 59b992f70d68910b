/// An array or object that the reader has entered and not yet left.
struct JSONContainer {
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
