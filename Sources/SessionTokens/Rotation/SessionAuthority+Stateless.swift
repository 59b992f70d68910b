extension SessionAuthority {
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
  /// - Returns: New tokens of the next generation, or, the first that holds:
  ///   ``Refusal/malformed``, ``Refusal/wrongToken(field:)``, ``Refusal/unknownKey``,
  ///   ``Refusal/badSignature`` for what the token is; ``Refusal/clockSkew`` when its `iat` or
  ///   `auth_time` is further ahead than `clockSkew`; ``Refusal/windowClosed(by:)`` counted by the
  ///   policy of now; ``Refusal/expired`` at its own `exp` and later; ``Refusal/signedInBefore``.
  public func rotate(
    withoutRecord refreshToken: String, signedInSince: NumericDate?, claims: CustomClaims
  ) -> Result<TokenPair, Refusal> {
    let now = clock.now
    let presented: PresentedRefreshToken
    do throws(TokenError) {
      presented = try PresentedRefreshToken(
        refreshToken, keys: statelessRefreshKeys, issuer: issuer)
    } catch {
      return .failure(Refusal(error))
    }
    if let refusal = refusal(of: presented, signedInSince: signedInSince, at: now) {
      return .failure(refusal)
    }
    return .success(
      statelessTokens(
        sessionID: presented.sessionID, subject: presented.subject, clientID: presented.clientID,
        authenticatedAt: presented.authenticatedAt, rotatedAt: max(now, presented.issuedAt),
        generation: presented.generation.incremented, custom: claims, decidedAt: now))
  }

  private func refusal(
    of presented: PresentedRefreshToken, signedInSince: NumericDate?, at now: NumericDate
  ) -> Refusal? {
    let latest = now + policy.clockSkew
    if presented.issuedAt > latest || presented.authenticatedAt > latest { return .clockSkew }
    let window = RefreshWindow(
      authenticatedAt: presented.authenticatedAt, rotatedAt: presented.issuedAt, policy: policy)
    if now >= window.closesAt { return .windowClosed(by: window.boundBy) }
    if now >= presented.expiresAt { return .expired }
    if let signedInSince, presented.authenticatedAt < signedInSince { return .signedInBefore }
    return nil
  }
}
