#if !$Embedded
  extension JWT {
    /// Decodes a type from all claims, registered ones included.
    ///
    /// - Throws: ``TokenError/invalidClaims(_:)`` with the dotted path of the claim that is missing, of
    ///   another kind, or a number that its type does not hold: a whole number beyond `Int64` is a double,
    ///   and no integer type takes a double from 2^53 on, since it may have been rounded.
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
