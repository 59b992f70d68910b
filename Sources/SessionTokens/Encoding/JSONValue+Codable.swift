// SPDX-License-Identifier: Apache-2.0

#if !$Embedded
  extension JSONValue: Codable {
    /// Decodes any JSON value from any decoder.
    ///
    /// The members of an object are sorted by the bytes of their names, because a decoder may list its keys in
    /// another order in each process. A decoder may keep only one of two names that Swift's `String` treats as
    /// canonically equivalent. The value, wherever it is in the decoded text, nests at most 32 levels deep, so
    /// that hostile input can't overflow the stack.
    ///
    /// Foundation's `JSONDecoder` stops the process at a whole number of 2^53 or more that is written with an
    /// exponent and more than a hundred digits. Don't use it to decode untrusted JSON.
    ///
    /// - Throws: The errors of `decoder`; `DecodingError.typeMismatch` for a value that has no JSON form, such
    ///   as an infinite number; `DecodingError.dataCorrupted` for one that nests more than 32 levels deep.
    public init(from decoder: any Decoder) throws { try self.init(from: decoder, depth: 0) }

    /// Decodes a value that `depth` arrays and objects of the same value enclose.
    private init(from decoder: any Decoder, depth: Int) throws {
      if let container = try? decoder.container(keyedBy: JSONKey.self) {
        try Self.checkDepth(depth, decoder)
        var members = JSONObject()
        let keys = container.allKeys.sorted {
          $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8)
        }
        for key in keys {
          let member = try container.superDecoder(forKey: key)
          members.append(key.stringValue, try JSONValue(from: member, depth: depth + 1))
        }
        self = .object(members)
      } else if var container = try? decoder.unkeyedContainer() {
        try Self.checkDepth(depth, decoder)
        var elements: [JSONValue] = []
        while !container.isAtEnd {
          elements.append(try JSONValue(from: container.superDecoder(), depth: depth + 1))
        }
        self = .array(elements)
      } else {
        try self.init(scalarFrom: decoder, readsLargeIntegers: true)
      }
    }

    private static func checkDepth(_ depth: Int, _ decoder: any Decoder) throws {
      guard depth < JSONReader.maximumDepth else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "more than \(JSONReader.maximumDepth) levels of nesting"))
      }
    }

    /// Decodes a value other than an array or an object.
    ///
    /// Without `readsLargeIntegers`, a number whose magnitude is 2^53 or more becomes a double. Then no number makes
    /// Foundation's decoder trap: it does so only when asked for such a number as an integer.
    init(scalarFrom decoder: any Decoder, readsLargeIntegers: Bool) throws {
      let container = try decoder.singleValueContainer()
      let double = try? container.decode(Double.self)
      let isLarge = double.map { $0.magnitude >= 0x1p53 } ?? false
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if readsLargeIntegers || !isLarge, let value = try? container.decode(Int64.self) {
        self = .integer(value)
      } else if let double, double.isFinite {
        self = .double(double)
      } else {
        self = .string(try container.decode(String.self))
      }
    }

    /// Encodes the value into any encoder.
    ///
    /// An encoder may keep only one of two names that Swift's `String` treats as canonically equivalent, as
    /// Foundation's do.
    ///
    /// - Throws: The errors of `encoder`; `EncodingError.invalidValue` for an object with a name twice, and
    ///   for a value that nests more than 32 levels deep.
    public func encode(to encoder: any Encoder) throws {
      try NestedValue(value: self, depth: 0).encode(to: encoder)
    }
  }

  /// A value that `depth` arrays and objects of the same value enclose.
  private struct NestedValue: Encodable {
    let value: JSONValue
    let depth: Int

    func encode(to encoder: any Encoder) throws {
      switch value {
      case .object(let members):
        try checkDepth(encoder)
        guard members.duplicateName == nil else {
          throw invalid(.duplicateName, "an object with a name twice", encoder)
        }
        var container = encoder.container(keyedBy: JSONKey.self)
        for member in members {
          try container.encode(
            NestedValue(value: member.value, depth: depth + 1), forKey: JSONKey(member.name))
        }
      case .array(let elements):
        try checkDepth(encoder)
        var container = encoder.unkeyedContainer()
        for element in elements {
          try container.encode(NestedValue(value: element, depth: depth + 1))
        }
      case .null:
        var container = encoder.singleValueContainer()
        try container.encodeNil()
      case .bool(let value): try value.encode(to: encoder)
      case .integer(let value): try value.encode(to: encoder)
      case .double(let value): try value.encode(to: encoder)
      case .string(let value): try value.encode(to: encoder)
      }
    }

    private func checkDepth(_ encoder: any Encoder) throws {
      guard depth < JSONReader.maximumDepth else {
        throw invalid(
          .tooDeep, "more than \(JSONReader.maximumDepth) levels of nesting", encoder)
      }
    }

    private func invalid(
      _ error: JSONError, _ description: String, _ encoder: any Encoder
    ) -> EncodingError {
      EncodingError.invalidValue(
        value,
        .init(
          codingPath: encoder.codingPath, debugDescription: description, underlyingError: error))
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

    init(stringValue: String) { self.init(stringValue) }

    init(intValue: Int) {
      stringValue = String(intValue)
      self.intValue = intValue
    }
  }
#endif
