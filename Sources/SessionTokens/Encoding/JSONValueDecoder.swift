#if !$Embedded
  // `JSONValue` to `Decodable`, with nothing but the standard library.

  /// Decodes values from a `JSONValue`.
  struct JSONValueDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes a value.
    ///
    /// - Throws: `DecodingError`.
    static func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws -> Value
    {
      try JSONValueDecoder(value: value, codingPath: []).decode(type)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
      guard let members = value.object else { throw mismatch(JSONObject.self) }
      return KeyedDecodingContainer(
        JSONKeyedDecodingContainer<Key>(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
      guard let elements = value.array else { throw mismatch([JSONValue].self) }
      return JSONUnkeyedDecodingContainer(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: any Any.Type) -> DecodingError {
      DecodingError.typeMismatch(
        type, .init(codingPath: codingPath, debugDescription: "the claim is of another kind"))
    }
  }

  extension JSONValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
      guard let value = value.bool else { throw mismatch(type) }
      return value
    }

    func decode(_ type: String.Type) throws -> String {
      guard let value = value.string else { throw mismatch(type) }
      return value
    }

    func decode(_ type: Double.Type) throws -> Double {
      switch value {
      case .double(let value): value
      case .integer(let value): Double(value)
      case .null, .bool, .string, .array, .object: throw mismatch(type)
      }
    }

    func decode(_ type: Float.Type) throws -> Float {
      let double = try decode(Double.self)
      let value = Float(double)
      guard value.isFinite == double.isFinite else { throw mismatch(type) }
      return value
    }

    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    /// Decodes by the JSON form of the type's own where it has one.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      guard let convertible = type as? any JSONConvertible.Type else {
        return try type.init(from: self)
      }
      guard let value = convertible.init(jsonValue: value) as? Value else { throw mismatch(type) }
      return value
    }

    /// A double is an integer where every integer is a double (RFC 7493 §2.2): beyond, it may have been
    /// written as another number.
    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
      let integer: Integer? =
        switch value {
        case .integer(let value): Integer(exactly: value)
        case .double(let value): value.magnitude < 0x1p53 ? Integer(exactly: value) : nil
        case .null, .bool, .string, .array, .object: nil
        }
      guard let integer else { throw mismatch(type) }
      return integer
    }
  }
#endif
