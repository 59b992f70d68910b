// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Opens a session without a record, for a host that has no session store.
  ///
  /// Such a session can't be ended, and its refresh tokens can be used any number of times; see
  /// ``rotateWithoutRecord(_:signedInSince:claims:)``.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, the claim `client_id`; the same bounds.
  ///   - claims: The host's own claims, for the access token.
  ///   - authenticatedAt: The moment of the sign-in, if it was earlier.
  /// - Returns: The tokens of generation 0.
  /// - Throws: The same errors as ``openSession(subject:clientID:claims:authenticatedAt:)``.
  public func openSessionWithoutRecord(
    subject: String, clientID: String? = nil, claims: CustomClaims = .empty,
    authenticatedAt: NumericDate? = nil
  ) throws(ClaimsError) -> TokenPair {
    var generator = SystemRandomNumberGenerator()
    return try openSessionWithoutRecord(
      subject: subject, clientID: clientID, claims: claims, authenticatedAt: authenticatedAt,
      using: &generator)
  }

  /// Opens a session without a record, with random numbers of a given generator.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, the claim `client_id`; the same bounds.
  ///   - claims: The host's own claims, for the access token.
  ///   - authenticatedAt: The moment of the sign-in, if it was earlier.
  ///   - generator: The source of the session's ID, asked twice for 64 bits.
  /// - Returns: The tokens of generation 0.
  /// - Throws: The same errors as ``openSession(subject:clientID:claims:authenticatedAt:)``.
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

  /// Refreshes a session that has no record.
  ///
  /// It enforces the signature, the type, the issuer, the `refresh_ttl` window, the expiry, and `signedInSince`.
  /// Without a record it can't detect the use of a stolen token, or end one session. Each call creates new
  /// tokens, and the old refresh token works until it expires.
  ///
  /// Where clients authenticate, compare ``AccessToken/clientID`` of the new access token with the client that
  /// asks before you send the tokens (RFC 6749 §6).
  ///
  /// - Parameters:
  ///   - refreshToken: The token of ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)``
  ///     or of an earlier call. A refresh token of a recorded session is refused.
  ///   - signedInSince: The moment, inclusive, from which sign-ins count, kept for each user: the only form of
  ///     revocation. `nil` for none.
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
