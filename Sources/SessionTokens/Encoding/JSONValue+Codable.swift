// SPDX-License-Identifier: Apache-2.0

#if !$Embedded
  extension JSONValue: Codable {
    /// Decodes any JSON value from any decoder.
    ///
    /// The members of an object have the order in which the decoder lists its keys.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.typeMismatch` for a value that has no JSON form.
    public init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: JSONKey.self) {
        var members = JSONObject()
        for key in container.allKeys {
          members.append(key.stringValue, try container.decode(JSONValue.self, forKey: key))
        }
        self = .object(members)
      } else if var container = try? decoder.unkeyedContainer() {
        var elements: [JSONValue] = []
        while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
        self = .array(elements)
      } else {
        self = try Self.scalar(decoder.singleValueContainer())
      }
    }

    /// Encodes the value into any encoder.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws {
      switch self {
      case .object(let members):
        var container = encoder.container(keyedBy: JSONKey.self)
        for member in members { try container.encode(member.value, forKey: JSONKey(member.name)) }
      case .array(let elements):
        var container = encoder.unkeyedContainer()
        for element in elements { try container.encode(element) }
      case .null:
        var container = encoder.singleValueContainer()
        try container.encodeNil()
      case .bool(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      case .integer(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      case .double(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      case .string(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
      if container.decodeNil() { return .null }
      if let value = try? container.decode(Bool.self) { return .bool(value) }
      if let value = try? container.decode(Int64.self) { return .integer(value) }
      if let value = try? container.decode(Double.self) { return .double(value) }
      return .string(try container.decode(String.self))
    }
  }

  /// A member name as a coding key.
  struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
      stringValue = name
      intValue = nil
    }

    init(stringValue: String) {
      self.init(stringValue)
    }

    init(intValue: Int) {
      stringValue = String(intValue)
      self.intValue = intValue
    }
  }
#endif
