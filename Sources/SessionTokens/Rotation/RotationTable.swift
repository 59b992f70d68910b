// SPDX-License-Identifier: Apache-2.0

// The decision table of a session with a record. The first row that matches decides. A generation is
// the number of rotations before a pair of tokens was issued; t is the token's, and g is the record's. A key
// is an idempotency key; the two sides are this request and the one that rotated t.
//
//   1  no record                                                        refuse  unknownSession
//   2  sid, sub, client_id or auth_time differ, or jti is not t's       refuse  bindingMismatch
//   3  record revoked                                                   refuse  revoked
//   4  window closed, idle since max(rotatedAt, iat where t > g)        refuse  windowClosed
//   5  iat > now + skew, or now < rotatedAt - skew                      refuse  clockSkew
//   6  t >= g                                                           rotate  to t + 1
//   7  t = g-1, both sides have a key, and they are equal               replay
//   8  t = g-1, neither side has a key, now < rotatedAt + retryGrace    replay
//   9  t < g-1, the key given is the one that rotated t                 refuse  superseded
//   10 otherwise                                                        revoke  reuseDetected
//
// A lost response must not sign anyone out. But a grace that stays open, or opens again with each use, would
// let a thief use the session beside the user, undetected.
//
//   4  before row 5: a closed window is final, so no session waits for a clock to catch up.
//   6  with t > g: the jti proves that this server issued the newer token, so the record is out of date. The
//      compare-and-swap fails after a stale read and succeeds after a restored backup; the session goes on
//      in both cases.
//   7  sends a lost response again, as long as the window is open, to the client that made the request.
//   8  is the short, fixed grace for clients that send no key. It is off when either side has a key.
//   9  a late copy of an answered request isn't theft, so the session goes on. But its token can never be
//      used again, and the refusal is definitive.

extension SessionAuthority {
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
  ///   - claims: Custom claims for the access token.
  /// - Returns: The decision: the update to write, if any, and the answer to send.
  public func rotate(
    _ presented: PresentedRefreshToken, record: SessionRecord?, idempotencyKey: String?,
    claims: CustomClaims
  ) -> RotationDecision {
    let now = clock.now
    guard let record else { return .refuse(.unknownSession) }  // 1
    let hmac = record.secret.hmac
    let key = IdempotencyKeys.accepted(idempotencyKey)
    let generation = presented.generation
    let issuedAt = presented.claims.issuedAt
    guard presented.isBound(to: record, hmac) else { return .refuse(.bindingMismatch) }  // 2
    if let reason = record.effectiveRevocationReason { return .refuse(.revoked(reason)) }  // 3
    let isAhead = generation > record.generation
    let window = RefreshWindow(
      authenticatedAt: record.authenticatedAt,
      rotatedAt: isAhead ? max(record.rotatedAt, issuedAt) : record.rotatedAt, policy: policy)
    if now >= window.closesAt { return .refuse(.windowClosed(by: window.boundBy)) }  // 4
    if max(issuedAt, record.rotatedAt) - now > policy.clockSkew { return .refuse(.clockSkew) }  // 5
    if generation >= record.generation {
      let update = record.rotated(from: generation, key: key, at: now)
      let pair = tokens(for: update.record, hmac, custom: claims, decidedAt: now)
      return .rotate(pair, after: update)  // 6
    }
    let behind = record.generation - generation
    let rotatingKey = record.idempotencyKeys.key(age: behind - 1)
    if behind == 1 {
      switch (key, rotatingKey) {
      case (let key?, let rotatingKey?) where key.utf8.elementsEqual(rotatingKey):
        return .replay(tokens(for: record, hmac, custom: claims, decidedAt: now))  // 7
      case (nil, nil) where now - record.rotatedAt < policy.retryGrace:
        return .replay(tokens(for: record, hmac, custom: claims, decidedAt: now))  // 8
      default: break
      }
    } else if let key, let rotatingKey, key.utf8.elementsEqual(rotatingKey) {
      return .refuse(.superseded)  // 9
    }
    let age = max(.zero, now - record.rotatedAt)
    return .revoke(
      .reuseDetected(behind: behind, age: age),
      after: record.revoked(.reuseDetected, at: now))  // 10
  }
}

extension PresentedRefreshToken {
  /// Returns true when the token, of any generation, was issued for the record's session: row 2.
  func isBound(to record: SessionRecord, _ hmac: HMACSHA256) -> Bool {
    sessionID == record.id && subject.hasSameBytes(as: record.subject)
      && hasSameBytes(clientID, record.clientID) && claims.authenticatedAt == record.authenticatedAt
      && id.isSame(as: TokenIdentifiers(hmac, generation: generation).refresh)
  }
}

extension SessionRecord {
  /// The reason why the session was ended; `nil` while the session is alive.
  ///
  /// A record with `revokedAt` but no reason is revoked too, so a lost reason doesn't revive a session.
  var effectiveRevocationReason: RevocationReason? {
    revocationReason ?? revokedAt.map { _ in .unspecified }
  }

  /// Returns the update that ends the session: row 10, and each revocation by the server.
  func revoked(_ reason: RevocationReason, at now: NumericDate) -> SessionUpdate {
    updated(
      rotatedAt: rotatedAt, generation: generation, idempotencyKeys: idempotencyKeys,
      revocation: (reason, now))
  }

  /// Returns the update of row 6, for a token of `generation` and a request with `key`.
  fileprivate func rotated(
    from generation: Int64, key: String?, at now: NumericDate
  ) -> SessionUpdate {
    let (skipped, overflows) = generation.subtractingReportingOverflow(self.generation)
    return updated(
      rotatedAt: max(now, rotatedAt), generation: generation.incremented,
      idempotencyKeys: idempotencyKeys.adding(key, afterSkipping: overflows ? .max : skipped),
      revocation: nil)
  }

  private func updated(
    rotatedAt: NumericDate, generation: Int64, idempotencyKeys: IdempotencyKeys,
    revocation: (reason: RevocationReason, at: NumericDate)?
  ) -> SessionUpdate {
    SessionUpdate(
      expectedVersion: version,
      record: SessionRecord(
        id: id, subject: subject, clientID: clientID, authenticatedAt: authenticatedAt,
        rotatedAt: rotatedAt, generation: generation, secret: secret,
        idempotencyKeys: idempotencyKeys, revocationReason: revocation?.reason,
        revokedAt: revocation?.at, version: version.incremented))
  }
}

extension Int64 {
  /// The next integer, or the maximum itself: a stored counter must not trap.
  var incremented: Int64 { self == .max ? .max : self + 1 }
}
