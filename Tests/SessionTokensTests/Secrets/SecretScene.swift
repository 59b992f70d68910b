// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A session from sign-in to its second generation, and every secret in it.
struct SecretScene {
  static let idempotencyKey = "Qz8vT-idempotency-key-2_Wx7"

  let accessKeyBytes: [UInt8]
  let refreshKeyBytes: [UInt8]
  let authority: SessionAuthority
  let opened: (tokens: TokenPair, record: SessionRecord)
  let presented: PresentedRefreshToken
  /// The tokens of the second generation, and the record that goes with them.
  let rotated: (tokens: TokenPair, update: SessionUpdate)
  /// The app's stored form of them, with a key of its own.
  let stored: StoredSession

  init() throws {
    var generator = SeededGenerator(seed: 0x5ec2e7)
    accessKeyBytes = generator.bytes(count: 32)
    refreshKeyBytes = generator.bytes(count: 32)
    authority = try AuthorityFixture.authority(
      accessKeys: KeyRing(active: SigningKey(id: "access", secret: accessKeyBytes)),
      refreshKeys: KeyRing(active: SigningKey(id: "refresh", secret: refreshKeyBytes)))
    opened = try authority.openSession(subject: "user-1", using: &generator)
    presented = try authority.verifyRefresh(opened.tokens.refreshToken)
    let decision = authority.rotate(
      presented, record: opened.record, idempotencyKey: Self.idempotencyKey, claims: .empty)
    rotated = (try decision.answer.get(), try #require(decision.update))
    let response = rotated.tokens.response
    stored = StoredSession(
      blob: StoredSession.Blob(
        tokens: response, receivedAt: AuthorityFixture.start,
        idempotencyKey: Identifier128(using: &generator),
        name: SessionName(bits: generator.next()), signedInAt: AuthorityFixture.start))
  }

  var accessKey: Secret { Secret("the access key", bytes: accessKeyBytes) }
  var refreshKey: Secret { Secret("the refresh key", bytes: refreshKeyBytes) }
  var sessionSecret: Secret { Secret("the session's secret", bytes: opened.record.secret.bytes) }
  var requestKey: Secret { Secret("the request's key", text: Self.idempotencyKey) }
  var storedKey: Secret { Secret("the stored key", text: stored.blob.idempotencyKey.text) }

  /// The access tokens of both generations.
  var accessTokens: [Secret] {
    [opened.tokens, rotated.tokens].enumerated().map { generation, pair in
      Secret("the access token of generation \(generation)", token: pair.accessToken)
    }
  }

  /// The refresh tokens of both generations.
  var refreshTokens: [Secret] {
    [opened.tokens, rotated.tokens].enumerated().map { generation, pair in
      Secret("the refresh token of generation \(generation)", token: pair.refreshToken)
    }
  }

  var secrets: [Secret] {
    [accessKey, refreshKey, sessionSecret, requestKey, storedKey] + accessTokens + refreshTokens
  }
}
