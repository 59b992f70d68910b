#if !$Embedded
  extension CustomClaims {
    /// Makes claims of a value that encodes as an object, such as a struct of roles.
    ///
    /// Members keep the order in which the value encodes them. With the `Foundation` trait a `Date`
    /// is a number of seconds since the epoch, a `URL` its text, and `Data` base64url. A whole number
    /// beyond 64 bits becomes a double, as in reading.
    ///
    /// - Throws: ``ClaimsError/notAnObject`` for a value that encodes as anything else or throws,
    ///   and what ``init(_:)`` throws, also for a key that the value encodes twice.
    public init(encoding value: some Encodable) throws(ClaimsError) {
      guard let members = (try? JSONValueEncoder.encode(value))?.object else {
        throw .notAnObject
      }
      try self.init(members)
    }

    /// Decodes a type from the claims.
    func decode<Custom: Decodable>() throws -> Custom {
      try JSONValueDecoder.decode(Custom.self, from: .object(members))
    }
  }
#endif
