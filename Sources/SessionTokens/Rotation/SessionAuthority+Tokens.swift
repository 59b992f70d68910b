/// Everything that the tokens of one generation follow from: the same grant, the same bytes.
struct SessionGrant {
  let sessionID: SessionID
  let subject: String
  let clientID: String?
  let authenticatedAt: NumericDate
  /// The `iat` of both tokens.
  let rotatedAt: NumericDate
  let generation: Int64
  let identifiers: TokenIdentifiers
}

extension SessionAuthority {
  /// Makes the tokens of a record's current generation.
  func tokens(
    for record: SessionRecord, _ hmac: HMACSHA256, custom: CustomClaims,
    decidedAt now: NumericDate
  ) -> TokenPair {
    let grant = SessionGrant(
      sessionID: record.id, subject: record.subject, clientID: record.clientID,
      authenticatedAt: record.authenticatedAt, rotatedAt: record.rotatedAt,
      generation: record.generation,
      identifiers: TokenIdentifiers(hmac, generation: record.generation))
    return tokens(for: grant, custom: custom, refreshKeys: refreshKeys, decidedAt: now)
  }

  /// Makes the two tokens of a generation; `custom` must be signable.
  ///
  /// Neither outlives the window: `exp` is `min(iat + accessTTL, window end)` for the access token
  /// and the window's end for the refresh token.
  func tokens(
    for grant: SessionGrant, custom: CustomClaims, refreshKeys: TypedKeyRing,
    decidedAt now: NumericDate
  ) -> TokenPair {
    let window = RefreshWindow(
      authenticatedAt: grant.authenticatedAt, rotatedAt: grant.rotatedAt, policy: policy)
    var claims = SessionClaims(
      issuer: issuer, subject: grant.subject, audience: audience,
      expiresAt: min(grant.rotatedAt + policy.accessTTL, window.closesAt),
      issuedAt: grant.rotatedAt, id: grant.identifiers.access, sessionID: grant.sessionID,
      authenticatedAt: grant.authenticatedAt, clientID: grant.clientID, generation: nil,
      custom: custom)
    let accessExpiresAt = claims.expiresAt
    let accessToken = accessKeys.sign(claims)
    claims.audience = issuer
    claims.expiresAt = window.closesAt
    claims.id = grant.identifiers.refresh
    claims.generation = grant.generation
    claims.custom = .none
    return TokenPair(
      accessToken: accessToken, refreshToken: refreshKeys.sign(claims),
      accessExpiresAt: accessExpiresAt, refreshExpiresAt: window.closesAt, decidedAt: now)
  }
}
