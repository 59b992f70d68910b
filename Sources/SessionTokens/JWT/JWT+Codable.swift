#if !$Embedded
  extension JWT {
    /// Decodes a type from all claims, registered ones included.
    ///
    /// - Throws: ``TokenError/invalidClaims(_:)`` with the dotted path of the claim that is missing or
    ///   of another kind.
    public func claims<Custom: Decodable>(
      as type: Custom.Type = Custom.self
    ) throws(TokenError) -> Custom {
      do {
        return try JSONValueDecoder.decode(type, from: JSONValue(parsing: payload))
      } catch {
        throw TokenError(decoding: error)
      }
    }
  }
#endif
