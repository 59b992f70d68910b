// SPDX-License-Identifier: Apache-2.0

/// Opens, refreshes and ends sessions on the server that signs users in.
///
/// Access and refresh tokens are signed with the keys of two different rings, so a resource server, which
/// has the access keys, can't create a refresh token. A server with a session store uses
/// ``openSession(subject:clientID:claims:authenticatedAt:)``, ``verifyRefresh(_:)`` and
/// ``rotate(_:record:idempotencyKey:claims:)``. A server without one uses
/// ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)`` and
/// ``rotateWithoutRecord(_:signedInSince:claims:)``. Neither accepts the other's refresh tokens.
public struct SessionAuthority: Sendable {
  /// The clock, which is read once per call that makes a decision or creates tokens.
  public var clock: WallClock

  /// The lifetimes of tokens and sessions.
  public let policy: RotationPolicy

  let issuer: String
  let audience: String
  let accessKeys: TypedKeyRing
  let refreshKeys: TypedKeyRing
  let refreshKeysWithoutRecord: TypedKeyRing
  let refreshRing: KeyRing
  private let verifier: AccessTokenVerifier

  /// Creates an authority.
  ///
  /// - Parameters:
  ///   - issuer: The `iss` of all tokens and the `aud` of refresh tokens: not empty, at most 512
  ///     bytes as JSON.
  ///   - audience: The `aud` of access tokens: not empty, at most 512 bytes as JSON.
  ///   - accessKeys: The ring whose keys sign access tokens.
  ///   - refreshKeys: The ring whose keys sign refresh tokens; no resource server has them.
  ///   - policy: The lifetimes of tokens and sessions.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for an empty `issuer` or `audience`, or with `kid` for a ring
  ///   from ``KeyRing/unnamed(secret:)``; ``ConfigurationError/outOfRange(_:_:)`` for an `issuer` or
  ///   `audience` that is too long; ``ConfigurationError/sharedSecret(keyID:)`` when both rings contain the
  ///   same HMAC key. Up to 64 bytes, `K` and `K` followed by zero bytes are the same key (RFC 2104 §2).
  public init(
    issuer: String, audience: String, accessKeys: KeyRing, refreshKeys: KeyRing,
    policy: RotationPolicy, clock: WallClock = .system
  ) throws(ConfigurationError) {
    verifier = try AccessTokenVerifier(
      issuer: issuer, audience: audience, keys: accessKeys, issuedAtLeeway: policy.clockSkew,
      clock: clock)
    for (name, value) in [("issuer", issuer), ("audience", audience)]
    where value.encodedJSONCount > SessionClaims.maximumIssuerByteCount {
      throw .outOfRange(name, "<= 512 bytes as JSON")
    }
    guard !accessKeys.isUnnamed, !refreshKeys.isUnnamed else { throw .empty("kid") }
    for key in refreshKeys.keys
    where accessKeys.keys.contains(where: { $0.hmac.isSameKey(as: key.hmac) }) {
      throw .sharedSecret(keyID: KeyError.quotable(key.id))
    }
    self.issuer = issuer
    self.audience = audience
    self.accessKeys = verifier.keys
    self.refreshKeys = TypedKeyRing(refreshKeys, type: SessionTokenType.refresh)
    self.refreshKeysWithoutRecord = TypedKeyRing(
      refreshKeys, type: SessionTokenType.refreshWithoutRecord)
    self.refreshRing = refreshKeys
    self.policy = policy
    self.clock = clock
  }

  /// A verifier of this authority's access tokens that reads the same clock.
  public var accessTokenVerifier: AccessTokenVerifier {
    var verifier = verifier
    verifier.clock = clock
    return verifier
  }

  /// Returns the refresh window of a session, after whose end its record can be deleted.
  ///
  /// A record from a restored backup may be needed for longer: see <doc:StoringTheRow>.
  public func refreshWindow(of record: SessionRecord) -> RefreshWindow {
    RefreshWindow(
      authenticatedAt: record.authenticatedAt, rotatedAt: record.rotatedAt, policy: policy)
  }
}
