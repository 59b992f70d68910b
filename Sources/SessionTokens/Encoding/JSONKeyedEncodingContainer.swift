#if !$Embedded
  /// Encodes the members of an object.
  struct JSONKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: JSONValueEncoder.Box
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) throws {
      try member(key.stringValue).encodeNil()
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      try member(key.stringValue).encode(value)
    }

    func nestedContainer<NestedKey: CodingKey>(
      keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
      member(key.stringValue).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      member(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { member("super") }

    func superEncoder(forKey key: Key) -> any Encoder { member(key.stringValue) }

    private func member(_ name: String) -> JSONValueEncoder {
      JSONValueEncoder(box: box.appendMember(name), codingPath: codingPath + [JSONKey(name)])
    }
  }
#endif
