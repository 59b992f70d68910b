extension SessionRecord {
  /// Why the session was ended; `nil` while it lives.
  ///
  /// One of the two columns is enough: a row must not come back to life because its reason could not
  /// be read.
  var ending: RevocationReason? {
    revocationReason ?? revokedAt.map { _ in .unspecified }
  }

  /// The record once the token of `generation` was rotated by a request with `key`.
  func rotated(from generation: Int64, key: String?, at now: NumericDate) -> SessionRecord {
    let (skipped, overflows) = generation.subtractingReportingOverflow(self.generation)
    return updated(
      rotatedAt: max(now, rotatedAt), generation: generation.incremented,
      idempotencyKeys: idempotencyKeys.adding(key, afterSkipping: overflows ? .max : skipped),
      revocation: nil)
  }

  /// The record once the session was ended.
  func revoked(_ reason: RevocationReason, at now: NumericDate) -> SessionRecord {
    updated(
      rotatedAt: rotatedAt, generation: generation, idempotencyKeys: idempotencyKeys,
      revocation: (reason, now))
  }

  private func updated(
    rotatedAt: NumericDate, generation: Int64, idempotencyKeys: IdempotencyKeys,
    revocation: (reason: RevocationReason, at: NumericDate)?
  ) -> SessionRecord {
    SessionRecord(
      id: id, subject: subject, clientID: clientID, authenticatedAt: authenticatedAt,
      rotatedAt: rotatedAt, generation: generation, secret: secret,
      idempotencyKeys: idempotencyKeys, revocationReason: revocation?.reason,
      revokedAt: revocation?.at, version: version.incremented)
  }
}
