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

  /// Encodes the elements of an array.
  struct JSONUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let box: JSONValueEncoder.Box
    let codingPath: [any CodingKey]

    var count: Int {
      if case .array(let boxes) = box.content { boxes.count } else { 0 }
    }

    func encodeNil() throws {
      try element().encodeNil()
    }

    func encode(_ value: some Encodable) throws {
      try element().encode(value)
    }

    func nestedContainer<NestedKey: CodingKey>(
      keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
      element().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      element().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { element() }

    private func element() -> JSONValueEncoder {
      let key = JSONKey(intValue: count)
      return JSONValueEncoder(box: box.appendElement(), codingPath: codingPath + [key])
    }
  }
#endif
