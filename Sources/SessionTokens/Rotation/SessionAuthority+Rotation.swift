// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Authenticates a refresh token, which names the session to look up.
  ///
  /// Checks the token's form, signature, type, issuer, audience and claims, but no times: the window depends
  /// on the record. The clock isn't read.
  ///
  /// - Parameter refreshToken: The token, at most 16 KiB, without surrounding whitespace.
  /// - Returns: The authenticated token, for ``rotate(_:record:idempotencyKey:claims:)``.
  /// - Throws: ``Refusal/malformed`` when the text isn't a refresh token in this package's format;
  ///   ``Refusal/wrongToken(field:)`` for another `typ`, such as an access token's, or another `iss` or
  ///   `aud`; ``Refusal/retiredKey`` when its `kid` is that of a retired key; ``Refusal/unknownKey`` when
  ///   its `kid` is absent or not in the ring; ``Refusal/badSignature`` when that key didn't sign it.
  public func verifyRefresh(_ refreshToken: String) throws(Refusal) -> PresentedRefreshToken {
    try authenticate(refreshToken, keys: refreshKeys)
  }

  /// Authenticates a refresh token of the type of `keys`.
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

  /// Decides whether a refresh request gets tokens, and how the session's record changes.
  ///
  /// The same token, record, key, claims and time always give the same decision. A replay sends the tokens
  /// of the last rotation again, with the same bytes when the policy, the claims and the signing keys are the
  /// same. No parameter has a default: forgotten claims would take a user's roles away.
  ///
  /// - Parameters:
  ///   - presented: The token that ``verifyRefresh(_:)`` returned.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary; `nil` when
  ///     there is none.
  ///   - idempotencyKey: The value of the request's `Idempotency-Key` field. A value other than 16 … 64
  ///     characters of `A–Z a–z 0–9 - _` counts as absent.
  ///   - claims: The host's own claims, for the access token.
  /// - Returns: The decision: the update to write, if any, and the answer to send.
  public func rotate(
    _ presented: PresentedRefreshToken, record: SessionRecord?, idempotencyKey: String?,
    claims: CustomClaims
  ) -> RotationDecision {
    let now = clock.now
    guard let record else { return .refuse(.unknownSession) }
    let hmac = record.secret.hmac
    return RotationTable.decision(
      on: presented, record: record, hmac: hmac, key: IdempotencyKeys.accepted(idempotencyKey),
      at: now, policy: policy
    ) { tokens(for: $0, hmac, custom: claims, decidedAt: now) }
  }
}
