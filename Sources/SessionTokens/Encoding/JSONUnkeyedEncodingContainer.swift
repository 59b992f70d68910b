#if !$Embedded
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
