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

extension SessionRecord: Hashable {
  /// True when all columns are the same, strings by their bytes, secrets in constant time.
  public static func == (a: Self, b: Self) -> Bool {
    a.id == b.id && a.subject.hasSameBytes(as: b.subject) && hasSameBytes(a.clientID, b.clientID)
      && a.authenticatedAt == b.authenticatedAt && a.rotatedAt == b.rotatedAt
      && a.generation == b.generation && a.secret.isSame(as: b.secret)
      && a.idempotencyKeys == b.idempotencyKeys && a.revocationReason == b.revocationReason
      && a.revokedAt == b.revokedAt && a.version == b.version
  }

  /// Feeds what names the row and its version to `hasher`, and no secret.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(version)
    hasher.combine(generation)
  }
}
