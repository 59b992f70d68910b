#if !$Embedded
  extension NumericDate: Codable {
    /// Decodes a whole number of seconds.
    ///
    /// - Throws: `DecodingError.dataCorrupted` outside the range of dates.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      guard let date = NumericDate(exactly: try container.decode(Int64.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not a date between 1970 and 9999")
      }
      self = date
    }

    /// Encodes a whole number of seconds.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(secondsSinceEpoch)
    }
  }
#endif
