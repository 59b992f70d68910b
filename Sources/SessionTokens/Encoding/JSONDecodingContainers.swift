#if !$Embedded
  /// Decodes the members of an object.
  struct JSONKeyedDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let codingPath: [any CodingKey]
    private let names: [String]
    private let values: [[UInt8]: JSONValue]

    init(members: JSONObject, codingPath: [any CodingKey]) {
      self.codingPath = codingPath
      names = members.map(\.name)
      values = Dictionary(
        members.map { (Array($0.name.utf8), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    var allKeys: [Key] { names.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { value(key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try member(key).decode(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
      try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder(value("super") ?? .null, "super") }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func member(_ key: Key) throws -> JSONValueDecoder {
      guard let value = value(key.stringValue) else {
        throw DecodingError.keyNotFound(
          key, .init(codingPath: codingPath, debugDescription: "the claim is missing"))
      }
      return decoder(value, key.stringValue)
    }

    private func value(_ name: String) -> JSONValue? { values[Array(name.utf8)] }

    private func decoder(_ value: JSONValue, _ name: String) -> JSONValueDecoder {
      JSONValueDecoder(value: value, codingPath: codingPath + [JSONKey(name)])
    }
  }

  /// Decodes the elements of an array.
  struct JSONUnkeyedDecodingContainer: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSONValue], codingPath: [any CodingKey]) {
      self.elements = elements
      self.codingPath = codingPath
    }

    var count: Int? { elements.count }

    var isAtEnd: Bool { currentIndex == elements.count }

    mutating func decodeNil() throws -> Bool {
      let isNull = try element().decodeNil()
      if isNull { currentIndex += 1 }
      return isNull
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let value = try element().decode(type)
      currentIndex += 1
      return value
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
      let container = try element().container(keyedBy: type)
      currentIndex += 1
      return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let container = try element().unkeyedContainer()
      currentIndex += 1
      return container
    }

    mutating func superDecoder() throws -> any Decoder {
      let decoder = try element()
      currentIndex += 1
      return decoder
    }

    private func element() throws -> JSONValueDecoder {
      let path = codingPath + [JSONKey(intValue: currentIndex)]
      guard currentIndex < elements.count else {
        throw DecodingError.valueNotFound(
          JSONValue.self, .init(codingPath: path, debugDescription: "the array has ended"))
      }
      return JSONValueDecoder(value: elements[currentIndex], codingPath: path)
    }
  }
#endif
