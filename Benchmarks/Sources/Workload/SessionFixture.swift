// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// One session on the server: its authority, its tokens and its rows.
struct SessionFixture: Sendable {
  let authority: SessionAuthority
  let custom: CustomClaims
  /// The pair and the row of generation 0.
  let tokens: TokenPair
  let record: SessionRecord
  /// The row after generation 0 was rotated with the idempotency key.
  let rotatedRecord: SessionRecord

  /// Opens a session, with the server's custom claims if there are any, and rotates it once.
  init(custom: CustomClaims = .empty) throws {
    authority = try Self.authority()
    self.custom = custom
    (tokens, record) = try authority.openSession(subject: Fixture.subject, claims: custom)
    let decision = authority.rotate(
      try authority.verifyRefresh(tokens.refreshToken), record: record,
      idempotencyKey: Fixture.idempotencyKey, claims: custom)
    rotatedRecord = try required(decision.update, "an update").record
  }

  /// The refresh token of generation 0, authenticated.
  func presented() throws -> PresentedRefreshToken {
    try authority.verifyRefresh(tokens.refreshToken)
  }

  /// Returns an authority with a fixed clock.
  static func authority() throws -> SessionAuthority {
    let (access, refresh) = try rings()
    return try SessionAuthority(
      issuer: Fixture.issuer, audience: Fixture.audience, accessKeys: access,
      refreshKeys: refresh,
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: .seconds(7_776_000), idleTTL: .seconds(2_592_000)),
      clock: .fixed(Fixture.now))
  }

  /// Returns an access ring and a refresh ring.
  static func rings() throws -> (access: KeyRing, refresh: KeyRing) {
    (
      try KeyRing(active: SigningKey(id: Fixture.keyID, secret: Fixture.secret)),
      try KeyRing(active: SigningKey(id: Fixture.keyID, secret: Fixture.otherSecret))
    )
  }
}
