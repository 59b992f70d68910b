/// One session as the host stores it: one SQL row or one Redis value.
///
/// The host keeps it, reads it from the primary (a replay that is answered from a stale replica
/// could outlive a sign-out), and replaces it by compare-and-swap on ``version``. Values loaded
/// from a store are taken as they come: no number or date in a record makes anything trap. The
/// secret and the keys never show in `description`, `dump` or a mirror.
public struct SessionRecord: Sendable {
  /// The session's name, and the row's key.
  public let id: SessionID
  /// Who signed in: the claim `sub`.
  public let subject: String
  /// The client that signed in, when one was given: the claim `client_id` (RFC 9068 §2.2).
  public let clientID: String?
  /// When the user signed in, the claim `auth_time`, from which the refresh_ttl window counts.
  public let authenticatedAt: NumericDate
  /// When the current generation was made: the `iat` of its tokens.
  public let rotatedAt: NumericDate
  /// How often the session was rotated, from 0.
  public let generation: Int64
  /// What token identifiers are derived from.
  public let secret: SessionSecret
  /// The keys of the last requests.
  public let idempotencyKeys: IdempotencyKeys
  /// Why the session was ended; `nil` while it lives.
  public let revocationReason: RevocationReason?
  /// When the session was ended; `nil` while it lives.
  public let revokedAt: NumericDate?
  /// What compare-and-swap compares: one more with each update, and the same at the end of `Int64`, which
  /// no row reaches that only this package has updated.
  public let version: Int64

  /// Makes a record of what was stored.
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
  /// The session, its generation and version, and why it was ended.
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
