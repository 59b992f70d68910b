// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A recorded session in its seventh generation, and the authority that decides about it.
///
/// The user signed in at ``signIn`` and the session was last rotated a day later, at ``rotation``.
/// Tokens of any generation are signed with the authority's own keys, so that a decision depends
/// only on the values that a test sets.
struct RotationScene: Sendable {
  static let signIn = NumericDate(clamping: 1_800_000_000)
  static let rotation = signIn + .seconds(86_400)
  static let generation: Int64 = 7

  /// The keys of the requests that created the generations 7, 6, 5 and 4.
  static let keys = [
    "key-of-gen-7-000", "key-of-gen-6-000", "key-of-gen-5-000", "key-of-gen-4-000",
  ]
  static let otherKey = "key-of-nobody-000"

  var authority: SessionAuthority
  var row: RecordDraft

  init(
    refreshTTL: Duration = .seconds(2_592_000), idleTTL: Duration? = .seconds(604_800),
    retryGrace: Duration = .seconds(120),
    clockSkew: Duration = .seconds(30)
  ) throws {
    authority = try SessionAuthority(
      issuer: "https://id.example", audience: "https://api.example",
      accessKeys: KeyRing(active: SigningKey(id: "a1", secret: Self.bytes(0xa1))),
      refreshKeys: KeyRing(active: SigningKey(id: "r1", secret: Self.bytes(0x71))),
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: refreshTTL, idleTTL: idleTTL,
        retryGrace: retryGrace, clockSkew: clockSkew),
      clock: .fixed(Self.rotation))
    row = RecordDraft(
      id: try #require(SessionID("AAECAwQFBgcICQoLDA0ODw")), authenticatedAt: Self.signIn,
      rotatedAt: Self.rotation, generation: Self.generation,
      secret: try #require(SessionSecret(bytes: Self.bytes(0x5e))), version: 11)
  }

  static func bytes(_ first: UInt8) -> [UInt8] {
    (0..<32).map { first &+ $0 }
  }

  /// Remembers the keys of the last requests, newest first.
  mutating func remember(_ keys: [String?]) throws {
    row.idempotencyKeys = try #require(
      IdempotencyKeys(rawValue: keys.map { $0 ?? "" }.joined(separator: ",")))
  }

  /// The authority with the IDs of retired refresh keys.
  func retiring(_ ids: [String]) throws -> SessionAuthority {
    let ring = authority.refreshRing
    return try SessionAuthority(
      issuer: authority.issuer, audience: authority.audience,
      accessKeys: KeyRing(active: SigningKey(id: "a1", secret: Self.bytes(0xa1))),
      refreshKeys: KeyRing(active: ring.active, retired: ids), policy: authority.policy,
      clock: authority.clock)
  }

  /// The claims of a token of the session, as it was issued.
  func claims(_ generation: Int64, issuedAt: NumericDate? = nil) -> SessionClaims {
    SessionClaims(
      issuer: authority.issuer, subject: row.subject, audience: authority.issuer,
      expiresAt: .maximum, issuedAt: issuedAt ?? row.rotatedAt,
      id: .identifier(TokenIdentifiers(row.secret.hmac, generation: generation).refresh),
      sessionID: row.id,
      authenticatedAt: row.authenticatedAt, clientID: row.clientID, generation: generation,
      custom: [:])
  }

  /// The presented token of a generation.
  func presented(
    _ generation: Int64, issuedAt: NumericDate? = nil
  ) throws -> PresentedRefreshToken {
    try present(claims(generation, issuedAt: issuedAt))
  }

  /// The presented token of any claims.
  func present(_ claims: SessionClaims) throws -> PresentedRefreshToken {
    try authority.verifyRefresh(authority.refreshKeys.sign(claims))
  }

  /// Decides about a token of the session at a moment.
  func decide(
    _ generation: Int64, issuedAt: NumericDate? = nil, key: String? = nil, at now: NumericDate
  ) throws -> RotationDecision {
    try decide(presented(generation, issuedAt: issuedAt), key: key, at: now)
  }

  /// Decides about a token at a moment.
  func decide(
    _ presented: PresentedRefreshToken, key: String? = nil, at now: NumericDate
  ) -> RotationDecision {
    var authority = authority
    authority.clock = .fixed(now)
    return authority.rotate(presented, record: row.record, idempotencyKey: key, claims: .empty)
  }
}
