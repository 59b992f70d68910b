// SPDX-License-Identifier: Apache-2.0

/// One session as the host stores it: one SQL row or one Redis value.
///
/// The host reads the record from the primary database, because a stale replica could answer a repeated
/// request after a sign-out. It replaces the record by compare-and-swap: the update is written only if
/// ``version`` is still the one that was read. Any value that a store returns is accepted: no number or date in
/// a record causes a trap. The secret and the keys never appear in `description`, `dump`, or a mirror.
public struct SessionRecord: Sendable {
  /// The session's identifier, and the row's key.
  public let id: SessionID
  /// The user who signed in: the claim `sub`.
  public let subject: String
  /// The client that signed in: the claim `client_id` (RFC 9068 §2.2); `nil` when none was given.
  public let clientID: String?
  /// The moment of the sign-in: the claim `auth_time`, from which the `refresh_ttl` window counts.
  public let authenticatedAt: NumericDate
  /// The moment when the current generation of tokens was created: their `iat`.
  public let rotatedAt: NumericDate
  /// The current generation: the number of rotations, from 0.
  public let generation: Int64
  /// The secret from which the `jti` of each token is derived.
  public let secret: SessionSecret
  /// The idempotency keys of the last requests.
  public let idempotencyKeys: IdempotencyKeys
  /// The reason why the session was ended; `nil` while it is active.
  public let revocationReason: RevocationReason?
  /// The moment when the session was ended; `nil` while it is active.
  public let revokedAt: NumericDate?
  /// The number that compare-and-swap compares.
  ///
  /// Each update adds one, and none beyond the end of `Int64`, which a row can't reach by updates of this package.
  public let version: Int64

  /// Creates a record from the columns of a row.
  public init(
    id: SessionID, subject: String, clientID: String?, authenticatedAt: NumericDate,
    rotatedAt: NumericDate, generation: Int64, secret: SessionSecret,
    idempotencyKeys: IdempotencyKeys, revocationReason: RevocationReason?,
    revokedAt: NumericDate?, version: Int64
  ) {
    self.id = id
    self.subject = subject
    self.clientID = clientID
    self.authenticatedAt = authenticatedAt
    self.rotatedAt = rotatedAt
    self.generation = generation
    self.secret = secret
    self.idempotencyKeys = idempotencyKeys
    self.revocationReason = revocationReason
    self.revokedAt = revokedAt
    self.version = version
  }
}

extension SessionRecord: Equatable {
  /// Returns true when all columns are the same, strings by their bytes, secrets in constant time.
  public static func == (a: Self, b: Self) -> Bool {
    a.id == b.id && a.subject.hasSameBytes(as: b.subject) && hasSameBytes(a.clientID, b.clientID)
      && a.authenticatedAt == b.authenticatedAt && a.rotatedAt == b.rotatedAt
      && a.generation == b.generation && a.secret.isSame(as: b.secret)
      && a.idempotencyKeys == b.idempotencyKeys && a.revocationReason == b.revocationReason
      && a.revokedAt == b.revokedAt && a.version == b.version
  }
}

extension SessionRecord: Redacted {
  /// The session, its generation and version, and the reason why it was ended.
  public var description: String {
    let ending = revocationReason.map { ", revoked: \($0.rawValue)" } ?? ""
    return "SessionRecord(id: \(id), generation: \(generation), version: \(version)\(ending))"
  }
}

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
      /// `rotated_at`: whole seconds since the epoch, a 64-bit integer.
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
    /// - Throws: The decoder's errors, and `DecodingError.dataCorrupted` for a text or number that doesn't have
    ///   the form of its column.
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
    /// - Throws: The errors of `encoder`.
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
