// SPDX-License-Identifier: Apache-2.0

/// A session as the server stores it, in one SQL row or one Redis value.
///
/// Read it from the database's primary: with a row of a stale replica, a session could get tokens after the
/// user signed out. Replace it by compare-and-swap on ``version``. No number or date in a stored record makes
/// this package trap. The secret and the idempotency keys never show in `description`, `dump` or a mirror.
public struct SessionRecord: Sendable {
  /// The session's identifier, and the primary key of its row.
  public let id: SessionID
  /// The user who signed in: the claim `sub`.
  public let subject: String
  /// The client that signed in: the claim `client_id` (RFC 9068 §2.2); `nil` when none was given.
  public let clientID: String?
  /// The time of sign-in: the claim `auth_time`, from which the refresh window counts.
  public let authenticatedAt: NumericDate
  /// The time of the last rotation, or of the opening of the session: the `iat` of the current tokens.
  public let rotatedAt: NumericDate
  /// The session's *generation*: the number of its rotations, 0 for a new session.
  ///
  /// A token's generation, its claim `gen`, is the number of rotations before it was issued.
  public let generation: Int64
  /// The secret from which the `jti` of each token is derived.
  public let secret: SessionSecret
  /// The idempotency keys of the last refresh requests.
  public let idempotencyKeys: IdempotencyKeys
  /// The reason why the session was ended; `nil` while the session is alive.
  public let revocationReason: RevocationReason?
  /// The time when the session was ended; `nil` while the session is alive.
  public let revokedAt: NumericDate?
  /// The number that compare-and-swap compares.
  ///
  /// Each update increments it. It stays at the maximum of `Int64`, which updates alone never reach.
  public let version: Int64

  /// Creates a record from its stored columns.
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
  /// Returns true when all columns are equal, comparing strings by bytes and `secret` in constant time.
  public static func == (a: Self, b: Self) -> Bool {
    a.id == b.id && a.subject.hasSameBytes(as: b.subject) && hasSameBytes(a.clientID, b.clientID)
      && a.authenticatedAt == b.authenticatedAt && a.rotatedAt == b.rotatedAt
      && a.generation == b.generation && a.secret.isSame(as: b.secret)
      && a.idempotencyKeys == b.idempotencyKeys && a.revocationReason == b.revocationReason
      && a.revokedAt == b.revokedAt && a.version == b.version
  }
}

extension SessionRecord: Redacted {
  /// The session's ID, generation and version, and its revocation reason.
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
      /// `client_id`: text of at most 1,024 bytes as JSON, or no value.
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
      /// `version`: a 64-bit integer, compared by compare-and-swap.
      case version
    }
  }
#endif
