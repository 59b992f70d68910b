extension SessionAuthority {
  /// Opens a session without a record, for a host that has no session store.
  ///
  /// Such a session cannot be ended and its refresh tokens can be used any number of times; see
  /// ``rotateWithoutRecord(_:signedInSince:claims:)``.
  ///
  /// - Parameters:
  ///   - subject: Who signed in, as in ``openSession(subject:clientID:claims:authenticatedAt:)``.
  ///   - clientID: The client, likewise.
  ///   - claims: The host's own claims, likewise.
  ///   - authenticatedAt: When the user signed in, likewise.
  /// - Returns: The tokens of generation 0.
  /// - Throws: As ``openSession(subject:clientID:claims:authenticatedAt:)``.
  public func openSessionWithoutRecord(
    subject: String, clientID: String? = nil, claims: CustomClaims = .empty,
    authenticatedAt: NumericDate? = nil
  ) throws(ClaimsError) -> TokenPair {
    var generator = SystemRandomNumberGenerator()
    return try openSessionWithoutRecord(
      subject: subject, clientID: clientID, claims: claims, authenticatedAt: authenticatedAt,
      using: &generator)
  }

  /// Opens a session as ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)`` does.
  ///
  /// - Parameters:
  ///   - subject: Who signed in, likewise.
  ///   - clientID: The client, likewise.
  ///   - claims: The host's own claims, likewise.
  ///   - authenticatedAt: When the user signed in, likewise.
  ///   - generator: The source of the session's ID, asked twice for 64 bits.
  /// - Returns: The tokens of generation 0.
  /// - Throws: What the other one throws.
  public func openSessionWithoutRecord(
    subject: String, clientID: String? = nil, claims: CustomClaims = .empty,
    authenticatedAt: NumericDate? = nil, using generator: inout some RandomNumberGenerator
  ) throws(ClaimsError) -> TokenPair {
    let now = clock.now
    try Self.check(subject: subject, clientID: clientID)
    let first = SessionGeneration(
      sessionID: SessionID(Identifier128(using: &generator)), subject: subject, clientID: clientID,
      authenticatedAt: min(authenticatedAt ?? now, now), rotatedAt: now, number: 0)
    return statelessTokens(of: first, custom: claims, decidedAt: now)
  }

  /// Refreshes a session of which no record is kept.
  ///
  /// Enforced are signature, type, issuer, the refresh_ttl window, expiry and `signedInSince`. What
  /// cannot be done without a record: detect that a stolen token is used, and end one session. Each
  /// call makes new tokens, and the old refresh token goes on working until it expires.
  ///
  /// Where clients authenticate themselves, compare ``AccessToken/clientID`` of the new access token
  /// with the one that asks before the tokens are handed out (RFC 6749 §6).
  ///
  /// - Parameters:
  ///   - refreshToken: The token of ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)``
  ///     or of an earlier call. A refresh token of a recorded session is refused.
  ///   - signedInSince: The moment from which sign-ins count, inclusively, kept per user: the only
  ///     revocation there is. `nil` when there is none.
  ///   - claims: The host's own claims, for the new access token.
  /// - Returns: New tokens of the next generation, or the first of these refusals that holds: those of
  ///   ``verifyRefresh(_:)``; ``Refusal/windowClosed(by:)``, counted by the current policy;
  ///   ``Refusal/clockSkew`` when the token's `iat` or `auth_time` is ahead by more than `clockSkew`;
  ///   ``Refusal/expired`` from its own `exp` on; ``Refusal/signedInBefore``.
  public func rotateWithoutRecord(
    _ refreshToken: String, signedInSince: NumericDate?, claims: CustomClaims
  ) -> Result<TokenPair, Refusal> {
    let now = clock.now
    let presented: PresentedRefreshToken
    do throws(Refusal) {
      presented = try authenticate(refreshToken, keys: statelessRefreshKeys)
    } catch {
      return .failure(error)
    }
    if let refusal = refusal(of: presented, signedInSince: signedInSince, at: now) {
      return .failure(refusal)
    }
    let next = SessionGeneration(
      sessionID: presented.sessionID, subject: presented.subject, clientID: presented.clientID,
      authenticatedAt: presented.claims.authenticatedAt,
      rotatedAt: max(now, presented.claims.issuedAt),
      number: presented.generation.incremented)
    return .success(statelessTokens(of: next, custom: claims, decidedAt: now))
  }

  private func refusal(
    of presented: PresentedRefreshToken, signedInSince: NumericDate?, at now: NumericDate
  ) -> Refusal? {
    let window = RefreshWindow(
      authenticatedAt: presented.claims.authenticatedAt, rotatedAt: presented.claims.issuedAt,
      policy: policy)
    if now >= window.closesAt { return .windowClosed(by: window.boundBy) }
    let latest = now + policy.clockSkew
    if presented.claims.issuedAt > latest || presented.claims.authenticatedAt > latest {
      return .clockSkew
    }
    if now >= presented.claims.expiresAt { return .expired }
    if let signedInSince, presented.claims.authenticatedAt < signedInSince {
      return .signedInBefore
    }
    return nil
  }

  /// Creates the tokens of a generation of a session without a record.
  func statelessTokens(
    of generation: SessionGeneration, custom: CustomClaims, decidedAt now: NumericDate
  ) -> TokenPair {
    let identifiers = TokenIdentifiers(
      refreshKey: refreshRing.active, sessionID: generation.sessionID,
      generation: generation.number, issuedAt: generation.rotatedAt)
    return tokens(
      of: generation, identifiers, custom: custom, refreshKeys: statelessRefreshKeys,
      decidedAt: now)
  }
}
