#if !$Embedded
  extension TokenResponse: Codable {
    /// Decodes a body with names in snake_case, or in camelCase as a key-converting decoder has them.
    ///
    /// Where a name stands in both spellings, the one in snake_case counts.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is not what ``init(parsing:)`` takes.
    public init(from decoder: any Decoder) throws {
      let body = try decoder.container(keyedBy: JSONKey.self)
      var members = JSONObject()
      for name in Member.all {
        let spellings = [JSONKey(name), JSONKey(name.camelCased)]
        if let key = spellings.first(where: body.contains) {
          members[name] = try body.decode(JSONValue.self, forKey: key)
        }
      }
      do throws(TokenError) {
        try self.init(members)
      } catch {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: error.description))
      }
    }

    /// Encodes the body of RFC 6749 §5.1, its names in snake_case, lifetimes as whole seconds.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var body = encoder.container(keyedBy: JSONKey.self)
      try body.encode(accessToken, forKey: JSONKey(Member.accessToken))
      try body.encode("Bearer", forKey: JSONKey(Member.tokenType))
      try body.encode(expiresIn.clampedSeconds, forKey: JSONKey(Member.expiresIn))
      try body.encodeIfPresent(refreshToken, forKey: JSONKey(Member.refreshToken))
      try body.encodeIfPresent(
        refreshTokenExpiresIn?.clampedSeconds, forKey: JSONKey(Member.refreshTokenExpiresIn))
    }
  }

  extension String {
    /// The name as `convertFromSnakeCase` spells it.
    fileprivate var camelCased: String {
      let words = split(separator: "_")
      return words.dropFirst().reduce(String(words[0])) {
        $0 + $1.prefix(1).uppercased() + $1.dropFirst()
      }
    }
  }
#endif
