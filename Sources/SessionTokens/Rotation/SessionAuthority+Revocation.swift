// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Returns the update that ends a session, as when an administrator ends it.
  ///
  /// The session ends once the update is written. Access tokens of the session stay valid until they expire.
  ///
  /// - Parameters:
  ///   - record: The session's record, read from the primary.
  ///   - reason: The reason to store, which no response carries.
  /// - Returns: The update to write by compare-and-swap; `nil` when the session is already revoked.
  public func revoke(_ record: SessionRecord, reason: RevocationReason) -> SessionUpdate? {
    let now = clock.now
    guard record.effectiveRevocationReason == nil else { return nil }
    return record.revoked(reason, at: now)
  }

  /// Returns the update that ends the session of a refresh token with which the user signs out.
  ///
  /// The session ends once the update is written. The token must be one that was issued for the record's
  /// session, as in ``rotate(_:record:idempotencyKey:claims:)``, so a leaked signing key alone ends no session.
  /// A rotated or expired token ends the session too.
  ///
  /// - Parameters:
  ///   - presented: The token that ``verifyRefresh(_:)`` returned.
  ///   - record: The record of ``PresentedRefreshToken/sessionID``, read from the primary; `nil` when
  ///     there is none.
  ///   - reason: The reason to store, which no response carries.
  /// - Returns: The update to write by compare-and-swap; `nil` when there is no record, when the session is
  ///   already revoked, or when the token wasn't issued for it.
  public func revoke(
    _ presented: PresentedRefreshToken, record: SessionRecord?, reason: RevocationReason
  ) -> SessionUpdate? {
    guard let record, presented.isBound(to: record, record.secret.hmac) else { return nil }
    return revoke(record, reason: reason)
  }
}
