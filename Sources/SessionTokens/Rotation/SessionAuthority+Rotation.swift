extension SessionAuthority {
  /// Authenticates a refresh token and says which session to look up.
  ///
  /// Judged are bytes, signature, type, issuer, audience and shape, and not time: the window is the
  /// record's. The clock is not read.
  ///
  /// - Parameter refreshToken: The token, at most 16 KiB, without white space around it.
  /// - Returns: What the token says, for ``rotate(_:record:idempotencyKey:claims:)``.
  /// - Throws: ``Refusal/malformed`` for what is no token of this form; ``Refusal/wrongToken(field:)``
  ///   for another `typ`, as that of an access token, or another `iss` or `aud`;
  ///   ``Refusal/retiredKey`` when its `kid` is that of a retired key; ``Refusal/unknownKey`` when
  ///   the ring has never heard of its `kid`; ``Refusal/badSignature`` when that key did not sign it.
  public func verifyRefresh(_ refreshToken: String) throws(Refusal) -> PresentedRefreshToken {
    try authenticate(refreshToken, keys: refreshKeys)
  }

  /// Authenticates a refresh token of the type that `keys` signs.
  func authenticate(
    _ refreshToken: String, keys: TypedKeyRing
  ) throws(Refusal) -> PresentedRefreshToken {
    do throws(TokenError) {
      return try PresentedRefreshToken(refreshToken, keys: keys, issuer: issuer)
    } catch .unknownKey where keys.namesRetiredKey(refreshToken) {
      throw .retiredKey
    } catch {
      throw Refusal(error)
    }
  }

  /// Decides what becomes of a refresh request.
  ///
  /// Nothing is defaulted: claims that were forgotten would take a user's roles away with the next
  /// access token. The same token, record, key, claims and moment always give the same decision, and
  /// a replay the very bytes that were handed out before, for the same policy, claims and keys.
  ///
  /// - Parameters:
  ///   - presented: What ``verifyRefresh(_:)`` gave.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary; `nil` when
  ///     there is none.
  ///   - idempotencyKey: The request's `Idempotency-Key` field. What is not 16 … 64 characters of
  ///     `A–Z a–z 0–9 - _` counts as absent.
  ///   - claims: The host's own claims, for the new access token.
  /// - Returns: What to write and what to answer.
  public func rotate(
    _ presented: PresentedRefreshToken, record: SessionRecord?, idempotencyKey: String?,
    claims: CustomClaims
  ) -> RotationDecision {
    let now = clock.now
    guard let record else { return .refuse(.unknownSession) }
    let key = IdempotencyKeys.accepted(idempotencyKey)
    let hmac = record.secret.hmac
    switch presented.verdict(on: record, hmac: hmac, key: key, at: now, policy: policy) {
    case .refuse(let refusal):
      return .refuse(refusal)
    case .replay:
      return .replay(tokens(for: record, hmac, custom: claims, decidedAt: now))
    case .rotate(let update):
      return .rotate(
        tokens(for: update.record, hmac, custom: claims, decidedAt: now), after: update)
    case .revoke(let refusal, let update):
      return .revoke(refusal, after: update)
    }
  }

  /// Ends a session: the user signed out, or somebody ended it for them.
  ///
  /// Access tokens that were handed out go on working until they expire.
  ///
  /// - Parameters:
  ///   - record: The session's record, read from the primary.
  ///   - reason: Why it ends, which is stored and never travels.
  /// - Returns: What to write by compare-and-swap; `nil` when the record is revoked already.
  public func revoke(_ record: SessionRecord, reason: RevocationReason) -> SessionUpdate? {
    let now = clock.now
    guard record.ending == nil else { return nil }
    return record.revoked(reason, at: now)
  }

  /// Ends the session that a refresh token was issued for: the user signs out with it.
  ///
  /// The token is held to row 2 of the decision table, as in
  /// ``rotate(_:record:idempotencyKey:claims:)``, so that a leaked signing key alone ends nobody's
  /// session. Whether the token is still the newest does not count, nor does time.
  ///
  /// - Parameters:
  ///   - presented: What ``verifyRefresh(_:)`` gave.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary; `nil` when
  ///     there is none.
  ///   - reason: Why it ends, which is stored and never travels.
  /// - Returns: What to write by compare-and-swap; `nil` when there is no session to end: no record,
  ///   one that is revoked already, or one that the token was not issued for.
  public func revoke(
    _ presented: PresentedRefreshToken, record: SessionRecord?, reason: RevocationReason
  ) -> SessionUpdate? {
    guard let record, presented.isBound(to: record, record.secret.hmac) else { return nil }
    return revoke(record, reason: reason)
  }
}
