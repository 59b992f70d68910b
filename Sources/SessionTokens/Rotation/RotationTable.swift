// SPDX-License-Identifier: Apache-2.0

// The decision table of a recorded session: the rows are tried in order and the first match wins.
// t is the token's generation, g the record's.
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
// Row 4 comes before row 5: a closed window is reported as closed whatever the clocks say, so that no session
// waits for a clock for ever. A lost response must sign nobody out, but a grace that stays open, or opens again
// with each use, lets a thief follow the user unnoticed. Row 7 repeats a lost answer as long as the session can
// be refreshed, to the client that made the request and to no other. Row 8 is the short, fixed grace for clients
// that send no key; it ends as soon as one side has a key. Row 9: a late copy of an answered request isn't a
// theft, so the session goes on, but its token can never be used again. Row 6 with t > g: the jti proves that
// this server issued the newer token, so the record is behind. After a lagging read the swap fails, after a
// restored backup it succeeds; the user isn't signed out in either case.

/// The row of the table that applies to a refresh request, before any token is created.
enum RotationVerdict {
  case refuse(Refusal)
  case rotate(SessionUpdate)
  case replay
  case revoke(Refusal, SessionUpdate)
}

extension PresentedRefreshToken {
  /// Returns the verdict of rows 2 to 10; row 1 is the caller's, who has no record then.
  ///
  /// - Parameters:
  ///   - record: The session's record.
  ///   - hmac: The HMAC of the record's secret.
  ///   - key: The request's idempotency key, where it has the required form.
  ///   - now: The moment of the decision.
  ///   - policy: The session's lifetimes.
  /// - Returns: The verdict of the first row that matches.
  func verdict(
    on record: SessionRecord, hmac: HMACSHA256, key: String?, at now: NumericDate,
    policy: RotationPolicy
  ) -> RotationVerdict {
    guard isBound(to: record, hmac) else { return .refuse(.bindingMismatch) }  // 2
    if let reason = record.ending { return .refuse(.revoked(reason)) }  // 3
    let isAhead = generation > record.generation
    let window = RefreshWindow(
      authenticatedAt: record.authenticatedAt,
      rotatedAt: isAhead ? max(record.rotatedAt, claims.issuedAt) : record.rotatedAt, policy: policy
    )
    if now >= window.closesAt { return .refuse(.windowClosed(by: window.boundBy)) }  // 4
    if claims.issuedAt > now + policy.clockSkew || now < record.rotatedAt - policy.clockSkew {
      return .refuse(.clockSkew)  // 5
    }
    if generation >= record.generation {
      return .rotate(record.rotated(from: generation, key: key, at: now))  // 6
    }
    let behind = record.generation - generation
    let rotatingKey = record.idempotencyKeys.key(age: behind - 1)
    if behind == 1 {
      switch (key, rotatingKey) {
      case (let key?, let rotatingKey?) where key.utf8.elementsEqual(rotatingKey):
        return .replay  // 7
      case (nil, nil) where now < record.rotatedAt + policy.retryGrace:
        return .replay  // 8
      default: break
      }
    } else if let key, let rotatingKey, key.utf8.elementsEqual(rotatingKey) {
      return .refuse(.superseded)  // 9
    }
    let age = max(.zero, now - record.rotatedAt)
    return .revoke(
      .reuseDetected(behind: behind, age: age), record.revoked(.reuseDetected, at: now))  // 10
  }

  /// Returns true when the token was issued for the session of the record, in any generation: row 2.
  func isBound(to record: SessionRecord, _ hmac: HMACSHA256) -> Bool {
    sessionID == record.id && subject.hasSameBytes(as: record.subject)
      && hasSameBytes(clientID, record.clientID) && claims.authenticatedAt == record.authenticatedAt
      && id.isSame(as: TokenIdentifiers(hmac, generation: generation).refresh)
  }
}

extension SessionRecord {
  /// The reason why the session was ended; `nil` while it is active.
  ///
  /// Either of the two columns ends the session: it must not become active again because one can't be read.
  var ending: RevocationReason? {
    revocationReason ?? revokedAt.map { _ in .unspecified }
  }

  /// Returns the update that ends the session: row 10, and every other end.
  func revoked(_ reason: RevocationReason, at now: NumericDate) -> SessionUpdate {
    updated(
      rotatedAt: rotatedAt, generation: generation, idempotencyKeys: idempotencyKeys,
      revocation: (reason, now))
  }

  /// Returns the update of row 6: a request with `key` rotates the token of `generation`.
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
  /// One more, or the same at the end of the range, so that no stored counter can trap.
  var incremented: Int64 { self == .max ? .max : self + 1 }
}
