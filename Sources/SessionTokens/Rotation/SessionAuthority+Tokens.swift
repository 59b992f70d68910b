// SPDX-License-Identifier: Apache-2.0

/// The claims that both tokens of one generation of a session share.
struct SessionGeneration {
  let sessionID: SessionID
  let subject: String
  let clientID: String?
  let authenticatedAt: NumericDate
  /// The time of the rotation, or of the opening of the session: the `iat` of both tokens.
  let rotatedAt: NumericDate
  /// The number of rotations up to this generation: the `gen` of the refresh token.
  let number: Int64
}

extension SessionAuthority {
  /// Creates the current tokens of a record; the same record always gives the same bytes.
  func tokens(
    for record: SessionRecord, _ hmac: HMACSHA256, custom: CustomClaims,
    decidedAt now: NumericDate
  ) -> TokenPair {
    let generation = SessionGeneration(
      sessionID: record.id, subject: record.subject, clientID: record.clientID,
      authenticatedAt: record.authenticatedAt, rotatedAt: record.rotatedAt,
      number: record.generation)
    return tokens(
      of: generation, TokenIdentifiers(hmac, generation: record.generation), custom: custom,
      refreshKeys: refreshKeys, decidedAt: now)
  }

  /// Creates the two tokens of a generation.
  ///
  /// Neither token outlives the window. `exp` is `min(iat + accessTTL, closesAt)` for the access token, and
  /// `closesAt` for the refresh token.
  func tokens(
    of generation: SessionGeneration, _ identifiers: TokenIdentifiers, custom: CustomClaims,
    refreshKeys: TypedKeyRing, decidedAt now: NumericDate
  ) -> TokenPair {
    let window = RefreshWindow(
      authenticatedAt: generation.authenticatedAt, rotatedAt: generation.rotatedAt, policy: policy)
    var claims = SessionClaims(
      issuer: issuer, subject: generation.subject, audience: audience,
      expiresAt: min(generation.rotatedAt + policy.accessTTL, window.closesAt),
      issuedAt: generation.rotatedAt, id: .identifier(identifiers.access),
      sessionID: generation.sessionID,
      authenticatedAt: generation.authenticatedAt, clientID: generation.clientID, generation: nil,
      custom: custom.members)
    let accessExpiresAt = claims.expiresAt
    let access = SecretString(accessKeys.sign(claims))
    claims.audience = issuer
    claims.expiresAt = window.closesAt
    claims.id = .identifier(identifiers.refresh)
    claims.generation = generation.number
    claims.custom = [:]
    return TokenPair(
      access: access, refresh: SecretString(refreshKeys.sign(claims)),
      accessExpiresAt: accessExpiresAt, refreshExpiresAt: window.closesAt, decidedAt: now)
  }
}
