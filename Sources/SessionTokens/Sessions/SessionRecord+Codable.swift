#if !$Embedded
  extension SessionRecord: Codable {
    /// The columns of a row.
    public enum CodingKeys: String, CodingKey, CaseIterable {
      /// `id`: 22 characters, the primary key.
      case id
      /// `subject`: text of at most 1,024 bytes as JSON.
      case subject
      /// `client_id`: the same, or no value.
      case clientID = "client_id"
      /// `authenticated_at`: whole seconds since the epoch, a 64-bit integer.
      case authenticatedAt = "authenticated_at"
      /// `rotated_at`: likewise.
      case rotatedAt = "rotated_at"
      /// `generation`: a 64-bit integer.
      case generation
      /// `secret`: 43 characters of base64url, not to be logged.
      case secret
      /// `idempotency_keys`: at most 259 characters, perhaps empty, not to be logged.
      case idempotencyKeys = "idempotency_keys"
      /// `revocation_reason`: 1 … 64 characters, or no value.
      case revocationReason = "revocation_reason"
      /// `revoked_at`: whole seconds since the epoch, or no value.
      case revokedAt = "revoked_at"
      /// `version`: a 64-bit integer, which compare-and-swap compares.
      case version
    }

    /// Decodes a row; columns without a value may be `null` or absent.
    ///
    /// - Throws: `DecodingError.keyNotFound`, `.valueNotFound` or `.typeMismatch` as the decoder does,
    ///   `.dataCorrupted` for a text or number that is not of its column's form.
    public init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        id: try row.decode(SessionID.self, forKey: .id),
        subject: try row.decode(String.self, forKey: .subject),
        clientID: try row.decodeIfPresent(String.self, forKey: .clientID),
        authenticatedAt: try row.decode(NumericDate.self, forKey: .authenticatedAt),
        rotatedAt: try row.decode(NumericDate.self, forKey: .rotatedAt),
        generation: try row.decode(Int64.self, forKey: .generation),
        secret: try row.decode(SessionSecret.self, forKey: .secret),
        idempotencyKeys: try row.decode(IdempotencyKeys.self, forKey: .idempotencyKeys),
        revocationReason: try row.decodeIfPresent(RevocationReason.self, forKey: .revocationReason),
        revokedAt: try row.decodeIfPresent(NumericDate.self, forKey: .revokedAt),
        version: try row.decode(Int64.self, forKey: .version))
    }

    /// Encodes a row: every column is one text or number, or has no value.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var row = encoder.container(keyedBy: CodingKeys.self)
      try row.encode(id, forKey: .id)
      try row.encode(subject, forKey: .subject)
      try row.encodeIfPresent(clientID, forKey: .clientID)
      try row.encode(authenticatedAt, forKey: .authenticatedAt)
      try row.encode(rotatedAt, forKey: .rotatedAt)
      try row.encode(generation, forKey: .generation)
      try row.encode(secret, forKey: .secret)
      try row.encode(idempotencyKeys, forKey: .idempotencyKeys)
      try row.encodeIfPresent(revocationReason, forKey: .revocationReason)
      try row.encodeIfPresent(revokedAt, forKey: .revokedAt)
      try row.encode(version, forKey: .version)
    }
  }
#endif
