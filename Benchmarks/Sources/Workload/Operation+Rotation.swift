// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Operation {
  /// The refresh endpoint's decisions.
  static func rotation() throws -> [Operation] {
    let session = try SessionFixture(custom: CustomClaims(members))
    let (authority, custom) = (session.authority, session.custom)
    let (record, rotated) = (session.record, session.rotatedRecord)
    let token = session.tokens.refreshToken
    let presented = try session.presented()
    let revoked = try required(authority.revoke(record, reason: .signedOut), "an update").record
    let withoutRecord = try authority.openSessionWithoutRecord(
      subject: Fixture.subject, claims: custom)
    let key = Fixture.idempotencyKey
    guard
      case .replay = authority.rotate(
        presented, record: rotated, idempotencyKey: key, claims: custom),
      case .revoke = authority.rotate(
        presented, record: rotated, idempotencyKey: nil, claims: custom),
      case .success = authority.rotateWithoutRecord(
        withoutRecord.refreshToken, signedInSince: nil, claims: custom)
    else { throw WorkloadError.missing("a replay, a revocation and a rotation without a record") }
    return [
      Operation("open a session") {
        try authority.openSession(subject: Fixture.subject, claims: custom)
      },
      Operation("verify a refresh token") { try authority.verifyRefresh(token) },
      Operation("decide: rotate") {
        authority.rotate(presented, record: record, idempotencyKey: key, claims: custom)
      },
      Operation("decide: replay") {
        authority.rotate(presented, record: rotated, idempotencyKey: key, claims: custom)
      },
      Operation("decide: revoke") {
        authority.rotate(presented, record: rotated, idempotencyKey: nil, claims: custom)
      },
      Operation("decide: refuse") {
        authority.rotate(presented, record: revoked, idempotencyKey: key, claims: custom)
      },
      Operation("a whole refresh") {
        authority.rotate(
          try authority.verifyRefresh(token), record: record, idempotencyKey: key, claims: custom)
      },
      Operation("a whole refresh without a record") {
        authority.rotateWithoutRecord(
          withoutRecord.refreshToken, signedInSince: nil, claims: custom)
      },
      Operation("RefreshWindow and its state") {
        authority.refreshWindow(of: record).state(at: Fixture.now)
      },
    ]
  }
}
