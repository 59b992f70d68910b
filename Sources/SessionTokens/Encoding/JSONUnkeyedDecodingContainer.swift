#if !$Embedded
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
