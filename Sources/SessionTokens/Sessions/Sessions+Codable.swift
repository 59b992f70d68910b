#if !$Embedded
  extension SessionID: Codable {
    /// Decodes the text of a session ID.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is none.
    public init(from decoder: any Decoder) throws {
      self = try decoder.single { SessionID($0) }
    }

    /// Encodes the text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(description)
    }
  }

  extension SessionSecret: Codable {
    /// Decodes 32 bytes from canonical base64url.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the text is anything else.
    public init(from decoder: any Decoder) throws {
      self = try decoder.single { Base64URL.decode($0.utf8).flatMap { SessionSecret(bytes: $0) } }
    }

    /// Encodes the 32 bytes as base64url: 43 characters.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(Base64URL.encode(bytes))
    }
  }

  extension RevocationReason: Codable {}

  extension IdempotencyKeys: Codable {
    /// Decodes a stored text.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is not well formed.
    public init(from decoder: any Decoder) throws {
      self = try decoder.single { IdempotencyKeys(rawValue: $0) }
    }

    /// Encodes the text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(rawValue)
    }
  }

  extension Decoder {
    /// Decodes one text and converts it, without quoting it where that fails.
    fileprivate func single<Value>(_ convert: (String) -> Value?) throws -> Value {
      let container = try singleValueContainer()
      guard let value = convert(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not the text of a \(Value.self)")
      }
      return value
    }
  }
#endif
