// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Opens a session without a record, for a server that has no session store.
  ///
  /// Such a session can't be ended individually, and its refresh tokens can be used any number of times; see
  /// ``rotateWithoutRecord(_:signedInSince:claims:)``.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, for the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, for the claim `client_id`: not empty, at most 1,024 bytes as JSON.
  ///   - claims: Custom claims for the access token.
  ///   - authenticatedAt: The time of sign-in; `nil`, or a time ahead of the clock, is now.
  /// - Returns: The session's first tokens.
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

  /// Opens a session without a record, with a generator of random numbers that the caller provides.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, for the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, for the claim `client_id`: not empty, at most 1,024 bytes as JSON.
  ///   - claims: Custom claims for the access token.
  ///   - authenticatedAt: The time of sign-in; `nil`, or a time ahead of the clock, is now.
  ///   - generator: The generator of the session's ID, called twice, for 64 bits each.
  /// - Returns: The session's first tokens.
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
    return tokensWithoutRecord(of: first, custom: claims, decidedAt: now)
  }

  /// Refreshes a session that has no record.
  ///
  /// Enforces the signature, type, issuer, refresh window, expiry and `signedInSince`. Without a record,
  /// it can neither detect the reuse of a stolen token nor end a single session. Repeated in the same second,
  /// a call gives the same tokens, later new ones (after the token's `iat`, if that is ahead of the clock). The old
  /// refresh token stays valid until it expires.
  ///
  /// If clients authenticate, compare ``AccessToken/clientID`` of the new access token with the client of
  /// the request before you hand out the tokens (RFC 6749 §6).
  ///
  /// - Parameters:
  ///   - refreshToken: The token of ``openSessionWithoutRecord(subject:clientID:claims:authenticatedAt:)``
  ///     or of an earlier call. The refresh token of a session with a record is refused.
  ///   - signedInSince: The user's earliest accepted time of sign-in, inclusive; `nil` for no limit. It is
  ///     the only way to revoke sessions without a record, and the server keeps it per user.
  ///   - claims: Custom claims for the new access token.
  /// - Returns: New tokens, or the first of these refusals that applies: those of ``verifyRefresh(_:)``;
  ///   ``Refusal/windowClosed(by:)`` by the current policy; ``Refusal/clockSkew`` when the token's `iat` or
  ///   `auth_time` is ahead of the clock by more than `clockSkew`; ``Refusal/expired`` from the token's `exp`
  ///   on; ``Refusal/signedInBefore`` when `auth_time` is before `signedInSince`.
  public func rotateWithoutRecord(
    _ refreshToken: String, signedInSince: NumericDate?, claims: CustomClaims
  ) -> Result<TokenPair, Refusal> {
    let now = clock.now
    return Result { () throws(Refusal) in
      let presented = try authenticate(refreshToken, keys: refreshKeysWithoutRecord)
      let token = presented.claims
      let window = RefreshWindow(
        authenticatedAt: token.authenticatedAt, rotatedAt: token.issuedAt, policy: policy)
      if now >= window.closesAt { throw .windowClosed(by: window.boundBy) }
      if max(token.issuedAt, token.authenticatedAt) - now > policy.clockSkew { throw .clockSkew }
      if now >= token.expiresAt { throw .expired }
      if let signedInSince, token.authenticatedAt < signedInSince { throw .signedInBefore }
      let next = SessionGeneration(
        sessionID: presented.sessionID, subject: presented.subject, clientID: presented.clientID,
        authenticatedAt: token.authenticatedAt, rotatedAt: max(now, token.issuedAt),
        number: presented.generation.incremented)
      return tokensWithoutRecord(of: next, custom: claims, decidedAt: now)
    }
  }

  /// Creates the tokens of one generation of a session without a record.
  func tokensWithoutRecord(
    of generation: SessionGeneration, custom: CustomClaims, decidedAt now: NumericDate
  ) -> TokenPair {
    let identifiers = TokenIdentifiers(
      refreshKey: refreshRing.active, sessionID: generation.sessionID,
      generation: generation.number, issuedAt: generation.rotatedAt)
    return tokens(
      of: generation, identifiers, custom: custom, refreshKeys: refreshKeysWithoutRecord,
      decidedAt: now)
  }
}
