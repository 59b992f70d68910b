// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Verifies a refresh token, which names the session to look up.
  ///
  /// It checks the form, the signature, the type, the issuer, the audience and the claims. It doesn't check the
  /// time, which the session's record decides, and doesn't read the clock.
  ///
  /// - Parameter refreshToken: The token, at most 16 KiB, without whitespace around it.
  /// - Returns: The claims of the token, for ``rotate(_:record:idempotencyKey:claims:)``.
  /// - Throws: ``Refusal/malformed`` for a text that isn't such a token; ``Refusal/wrongToken(field:)``
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

  /// Decides a refresh request.
  ///
  /// No parameter has a default: forgotten claims would take a user's roles away with the next access token.
  /// The same token, record, key, claims and moment always give the same decision. A replay repeats the bytes
  /// of the tokens that were issued before, for the same policy, claims and keys.
  ///
  /// - Parameters:
  ///   - presented: The result of ``verifyRefresh(_:)``.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary database;
  ///     `nil` when it doesn't exist.
  ///   - idempotencyKey: The request's `Idempotency-Key` field. A value other than 16 … 64 characters of
  ///     `A–Z a–z 0–9 - _` counts as absent.
  ///   - claims: The host's own claims, for the new access token.
  /// - Returns: The update to write, if any, and the answer to send.
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

  /// Ends a session.
  ///
  /// Access tokens that were issued work until they expire.
  ///
  /// - Parameters:
  ///   - record: The session's record, read from the primary.
  ///   - reason: The reason, which is stored and never sent.
  /// - Returns: The update to write by compare-and-swap; `nil` when the record is revoked already.
  public func revoke(_ record: SessionRecord, reason: RevocationReason) -> SessionUpdate? {
    let now = clock.now
    guard record.ending == nil else { return nil }
    return record.revoked(reason, at: now)
  }

  /// Ends the session of a refresh token with which the user signs out.
  ///
  /// The token is held to row 2 of the decision table, as in
  /// ``rotate(_:record:idempotencyKey:claims:)``, so that a leaked signing key alone ends nobody's
  /// session. Whether the token is still the newest does not count, nor does time.
  ///
  /// - Parameters:
  ///   - presented: The result of ``verifyRefresh(_:)``.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary database;
  ///     `nil` when it doesn't exist.
  ///   - reason: The reason, which is stored and never sent.
  /// - Returns: The update to write by compare-and-swap; `nil` when there is no session to end: no record,
  ///   one that is revoked already, or one that the token was not issued for.
  public func revoke(
    _ presented: PresentedRefreshToken, record: SessionRecord?, reason: RevocationReason
  ) -> SessionUpdate? {
    guard let record, presented.isBound(to: record, record.secret.hmac) else { return nil }
    return revoke(record, reason: reason)
  }
}
