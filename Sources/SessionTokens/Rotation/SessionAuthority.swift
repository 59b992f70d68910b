// SPDX-License-Identifier: Apache-2.0

/// The sign-in server's authority, which opens, refreshes and ends sessions.
///
/// Access and refresh tokens are signed with two different rings, so that a resource server, which
/// holds the access secret, can't create a refresh token. A host with a session store uses
/// ``openSession(subject:clientID:claims:authenticatedAt:)``, ``verifyRefresh(_:)`` and
/// ``rotate(_:record:idempotencyKey:claims:)``; one without uses
/// ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)`` and
/// ``rotateWithoutRecord(_:signedInSince:claims:)``. Neither accepts the other's refresh tokens.
public struct SessionAuthority: Sendable {
  /// The clock, read once per call that decides or makes tokens.
  public var clock: WallClock

  /// The lifetimes of tokens and sessions.
  public let policy: RotationPolicy

  let issuer: String
  let audience: String
  let accessKeys: TypedKeyRing
  let refreshKeys: TypedKeyRing
  let statelessRefreshKeys: TypedKeyRing
  let refreshRing: KeyRing
  private let verifier: AccessTokenVerifier

  /// Creates an authority.
  ///
  /// - Parameters:
  ///   - issuer: The `iss` of all tokens and the `aud` of refresh tokens: not empty, at most 512
  ///     bytes as JSON.
  ///   - audience: The `aud` of access tokens: not empty, at most 512 bytes as JSON.
  ///   - accessKeys: The ring of access tokens.
  ///   - refreshKeys: The ring of refresh tokens, which no resource server has.
  ///   - policy: How long tokens and sessions live.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for `issuer` or `audience`, or with `kid` for a ring
  ///   of ``KeyRing/unnamed(secret:)``; ``ConfigurationError/outOfRange(_:_:)`` for too long a text;
  ///   ``ConfigurationError/sharedSecret(keyID:)`` when a key of one ring is also in the other, as
  ///   HMAC sees keys: `K` and `K` followed by zeros are one.
  public init(
    issuer: String, audience: String, accessKeys: KeyRing, refreshKeys: KeyRing,
    policy: RotationPolicy, clock: WallClock = .system
  ) throws(ConfigurationError) {
    verifier = try AccessTokenVerifier(
      issuer: issuer, audience: audience, keys: accessKeys, issuedAtLeeway: policy.clockSkew,
      clock: clock)
    let longest = SessionClaims.maximumIssuerByteCount
    guard issuer.encodedJSONCount <= longest else {
      throw .outOfRange("issuer", "<= 512 bytes as JSON")
    }
    guard audience.encodedJSONCount <= longest else {
      throw .outOfRange("audience", "<= 512 bytes as JSON")
    }
    guard !accessKeys.isUnnamed, !refreshKeys.isUnnamed else { throw .empty("kid") }
    for key in refreshKeys.keys
    where accessKeys.keys.contains(where: { $0.hmac.isSameKey(as: key.hmac) }) {
      throw .sharedSecret(keyID: key.id)
    }
    self.issuer = issuer
    self.audience = audience
    self.accessKeys = TypedKeyRing(accessKeys, type: SessionTokenType.access)
    self.refreshKeys = TypedKeyRing(refreshKeys, type: SessionTokenType.refresh)
    self.statelessRefreshKeys = TypedKeyRing(refreshKeys, type: SessionTokenType.statelessRefresh)
    self.refreshRing = refreshKeys
    self.policy = policy
    self.clock = clock
  }

  /// A verifier of the access tokens that this authority makes, on the same clock.
  public var accessTokenVerifier: AccessTokenVerifier {
    var verifier = verifier
    verifier.clock = clock
    return verifier
  }

  /// Returns the window in which the session can be refreshed, for the expiry of rows.
  public func refreshWindow(of record: SessionRecord) -> RefreshWindow {
    RefreshWindow(
      authenticatedAt: record.authenticatedAt, rotatedAt: record.rotatedAt, policy: policy)
  }
}
