#if !$Embedded
  extension CustomClaims {
    /// Makes claims of a value that encodes as an object, such as a struct of roles.
    ///
    /// Members keep the order in which the value encodes them. With the `Foundation` trait a `Date`
    /// is a number of seconds since the epoch, a `URL` its text, and `Data` base64url.
    ///
    /// - Throws: ``ClaimsError/notEncodable(_:)`` for a claim that holds a whole number beyond `Int64`,
    ///   which readers would round, or a value that no encoder takes;
    ///   ``ClaimsError/notAnObject`` for a value that encodes as anything else or throws another error;
    ///   and what ``init(_:)`` throws, also for a key that the value encodes twice.
    public init(encoding value: some Encodable) throws(ClaimsError) {
      try self.init(Self.members(of: value))
    }

    private static func members(of value: some Encodable) throws(ClaimsError) -> JSONObject {
      do {
        if let members = try JSONValueEncoder.encode(value).object { return members }
      } catch EncodingError.invalidValue(_, let context) {
        if let claim = context.codingPath.first { throw .notEncodable(claim.stringValue) }
      } catch {}
      throw .notAnObject
    }

    /// Decodes a type from the claims.
    func decode<Custom: Decodable>() throws -> Custom {
      try JSONValueDecoder.decode(Custom.self, from: .object(members))
    }
  }
#endif
