// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// One issuer with its keys, policy and moment: the start of the tests of sessions and rotation.
enum AuthorityFixture {
  static let issuer = "https://auth.example"
  static let audience = "https://api.example"
  static let subject = "user-1"
  static let accessKeyID = "a-2026"
  static let refreshKeyID = "r-2026"
  static let accessSecret = [UInt8](0x00...0x1f)
  static let refreshSecret = [UInt8](0x20...0x3f)
  static let start = NumericDate(clamping: 1_800_000_000)

  static func accessKeys() throws -> KeyRing {
    try KeyRing(active: SigningKey(id: accessKeyID, secret: accessSecret))
  }

  static func refreshKeys() throws -> KeyRing {
    try KeyRing(active: SigningKey(id: refreshKeyID, secret: refreshSecret))
  }

  /// Fifteen minutes, thirty days, seven days idle, in seconds.
  static func policy(
    accessTTL: Int64 = 900, refreshTTL: Int64 = 2_592_000, idleTTL: Int64? = 604_800,
    retryGrace: Int64 = 120, clockSkew: Int64 = 30
  ) throws -> RotationPolicy {
    try RotationPolicy(
      accessTTL: .seconds(accessTTL), refreshTTL: .seconds(refreshTTL),
      idleTTL: idleTTL.map { .seconds($0) }, retryGrace: .seconds(retryGrace),
      clockSkew: .seconds(clockSkew))
  }

  static func authority(
    policy: RotationPolicy? = nil, issuer: String = issuer, audience: String = audience,
    accessKeys: KeyRing? = nil, refreshKeys: KeyRing? = nil, at now: NumericDate = start
  ) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: issuer, audience: audience, accessKeys: accessKeys ?? Self.accessKeys(),
      refreshKeys: refreshKeys ?? Self.refreshKeys(), policy: policy ?? Self.policy(),
      clock: .fixed(now))
  }

  static func verifier(
    leeway: Int64 = 0, issuedAtLeeway: Int64 = 30, at now: NumericDate = start
  ) throws -> AccessTokenVerifier {
    try AccessTokenVerifier(
      issuer: issuer, audience: audience, keys: accessKeys(), leeway: .seconds(leeway),
      issuedAtLeeway: .seconds(issuedAtLeeway), clock: .fixed(now))
  }

  /// A record in the middle of its life.
  static func record(
    id: String = "AAAAAAAAAAAAAAAAAAAAAA", subject: String = subject, clientID: String? = "app",
    authenticatedAt: Int64 = 1_800_000_000, rotatedAt: Int64 = 1_800_000_900,
    generation: Int64 = 7, secretByte: UInt8 = 0xa5, keys: String = "",
    reason: RevocationReason? = nil, revokedAt: Int64? = nil, version: Int64 = 9
  ) -> SessionRecord? {
    guard let id = SessionID(id), let keys = IdempotencyKeys(rawValue: keys),
      let secret = SessionSecret(bytes: [UInt8](repeating: secretByte, count: 32))
    else { return nil }
    return SessionRecord(
      id: id, subject: subject, clientID: clientID,
      authenticatedAt: NumericDate(clamping: authenticatedAt),
      rotatedAt: NumericDate(clamping: rotatedAt), generation: generation, secret: secret,
      idempotencyKeys: keys, revocationReason: reason,
      revokedAt: revokedAt.map { NumericDate(clamping: $0) }, version: version)
  }
}
