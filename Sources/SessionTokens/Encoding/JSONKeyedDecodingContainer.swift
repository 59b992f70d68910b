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
#endif
