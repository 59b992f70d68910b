// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A session record whose columns can be set one at a time.
struct RecordDraft: Sendable {
  var id: SessionID
  var subject = "user-1"
  var clientID: String? = "app"
  var authenticatedAt: NumericDate
  var rotatedAt: NumericDate
  var generation: Int64
  var secret: SessionSecret
  var idempotencyKeys = IdempotencyKeys.empty
  var revocationReason: RevocationReason?
  var revokedAt: NumericDate?
  var version: Int64 = 0

  var record: SessionRecord {
    SessionRecord(
      id: id, subject: subject, clientID: clientID, authenticatedAt: authenticatedAt,
      rotatedAt: rotatedAt, generation: generation, secret: secret,
      idempotencyKeys: idempotencyKeys, revocationReason: revocationReason, revokedAt: revokedAt,
      version: version)
  }
}

extension RecordDraft {
  init(_ record: SessionRecord) {
    id = record.id
    subject = record.subject
    clientID = record.clientID
    authenticatedAt = record.authenticatedAt
    rotatedAt = record.rotatedAt
    generation = record.generation
    secret = record.secret
    idempotencyKeys = record.idempotencyKeys
    revocationReason = record.revocationReason
    revokedAt = record.revokedAt
    version = record.version
  }
}
