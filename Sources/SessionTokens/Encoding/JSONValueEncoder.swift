#if !$Embedded
  // `Encodable` to `JSONValue`, with nothing but the standard library: custom claims need no
  // Foundation, and keep the order in which they were written. The tree being built is shared by
  // the containers that the protocol hands out, hence a class.

  /// Encodes values as `JSONValue`.
  struct JSONValueEncoder: Encoder {
    /// A value that is being encoded.
    final class Box {
      var content: Content = .nothing
    }

    /// What a box holds: nothing yet, a finished value, or further boxes.
    enum Content {
      case nothing
      case value(JSONValue)
      case array([Box])
      case object([(name: String, box: Box)])
    }

    let box: Box
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Encodes a value; one that encodes nothing becomes an empty object.
    static func encode(_ value: some Encodable) throws -> JSONValue {
      let box = Box()
      try JSONValueEncoder(box: box, codingPath: []).encode(value)
      return box.value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      if case .nothing = box.content { box.content = .object([]) }
      return KeyedEncodingContainer(
        JSONKeyedEncodingContainer<Key>(box: box, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
      if case .nothing = box.content { box.content = .array([]) }
      return JSONUnkeyedEncodingContainer(box: box, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Encodes into the box, by the JSON form of the value's own where it has one.
    func encode(_ value: some Encodable) throws {
      if let value = value as? any JSONConvertible {
        box.content = .value(value.jsonValue)
      } else {
        try value.encode(to: self)
      }
    }
  }

  extension JSONValueEncoder.Box {
    var value: JSONValue {
      switch content {
      case .nothing: .object(JSONObject())
      case .value(let value): value
      case .array(let boxes): .array(boxes.map(\.value))
      case .object(let members): .object(JSONObject(members.map { ($0.name, $0.box.value) }))
      }
    }

    /// A box for the next element.
    func appendElement() -> JSONValueEncoder.Box {
      let element = JSONValueEncoder.Box()
      guard case .array(var boxes) = content else { return element }
      content = .nothing
      boxes.append(element)
      content = .array(boxes)
      return element
    }

    /// A box for a member of that name.
    func appendMember(_ name: String) -> JSONValueEncoder.Box {
      let member = JSONValueEncoder.Box()
      guard case .object(var members) = content else { return member }
      content = .nothing
      members.append((name, member))
      content = .object(members)
      return member
    }
  }

  extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() throws { box.content = .value(.null) }
    func encode(_ value: Bool) throws { box.content = .value(.bool(value)) }
    func encode(_ value: String) throws { box.content = .value(.string(value)) }
    func encode(_ value: Double) throws { box.content = .value(.double(value)) }
    func encode(_ value: Float) throws { box.content = .value(.double(Double(value))) }
    func encode(_ value: Int) throws { try encode(integer: value) }
    func encode(_ value: Int8) throws { try encode(integer: value) }
    func encode(_ value: Int16) throws { try encode(integer: value) }
    func encode(_ value: Int32) throws { try encode(integer: value) }
    func encode(_ value: Int64) throws { try encode(integer: value) }
    func encode(_ value: UInt) throws { try encode(integer: value) }
    func encode(_ value: UInt8) throws { try encode(integer: value) }
    func encode(_ value: UInt16) throws { try encode(integer: value) }
    func encode(_ value: UInt32) throws { try encode(integer: value) }
    func encode(_ value: UInt64) throws { try encode(integer: value) }

    private func encode(integer value: some BinaryInteger) throws {
      guard let integer = Int64(exactly: value) else {
        throw EncodingError.invalidValue(
          value, .init(codingPath: codingPath, debugDescription: "the integer is beyond 64 bits"))
      }
      box.content = .value(.integer(integer))
    }
  }
#endif
