// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension NumericDate {
  /// Seconds after the receipt of session 1.
  static func receipt(_ seconds: Int64) -> NumericDate {
    NumericDate(clamping: 1_800_000_000 + seconds)
  }
}

extension StoredSession {
  /// Tokens 1, 2, … of a session, as stored by another process of the app or an earlier launch.
  ///
  /// With the standard configuration the access token is refreshed from second 840 on, and has
  /// ended at second 900. All are tokens of session 1 unless another one is named.
  static func numbered(
    _ number: Int, session: UInt64 = 1, signedInAt: Int64 = 0, lifetime: Int64 = 900,
    hasRefreshToken: Bool = true, refreshLifetime: Int64? = 2_592_000, receivedAt: Int64 = 0,
    key: UInt64? = nil, spentBy: Refusal.Code? = nil
  ) -> StoredSession {
    let key = key ?? UInt64(number)
    return StoredSession(
      blob: Blob(
        tokens: TokenResponse(
          access: SecretString("access-\(number)"), expiresIn: .seconds(lifetime),
          refresh: hasRefreshToken ? SecretString("refresh-\(number)") : nil,
          refreshTokenExpiresIn: hasRefreshToken ? refreshLifetime.map { .seconds($0) } : nil),
        receivedAt: .receipt(receivedAt), idempotencyKey: Identifier128(high: key, low: key),
        name: SessionName(bits: session), signedInAt: .receipt(signedInAt), spentBy: spentBy))
  }

  /// The session that the machine creates from the answer of that number, with a
  /// ``ConstantSource``.
  static func renewed(
    _ number: Int, session: UInt64 = 1, signedInAt: Int64 = 0, at seconds: Int64,
    lifetime: Int64 = 900, hasRefreshToken: Bool = true
  ) -> StoredSession {
    numbered(
      number, session: session, signedInAt: signedInAt, lifetime: lifetime,
      hasRefreshToken: hasRefreshToken, receivedAt: seconds, key: 0)
  }

  /// The session that the machine creates from the sign-in of that number, with the same number.
  static func signedIn(
    _ number: Int, at seconds: Int64, lifetime: Int64 = 900, hasRefreshToken: Bool = true
  ) -> StoredSession {
    numbered(
      number, session: UInt64(number), signedInAt: seconds, lifetime: lifetime,
      hasRefreshToken: hasRefreshToken, receivedAt: seconds)
  }

  /// The same blob, marked as spent.
  func spent(by code: Refusal.Code) -> StoredSession {
    StoredSession(blob: blob.spent(by: code))
  }

  /// The same blob with another refresh token.
  func withRefreshToken(_ refreshToken: String?, expiresIn: Duration?) -> StoredSession {
    StoredSession(
      blob: Blob(
        tokens: TokenResponse(
          access: blob.accessToken, expiresIn: blob.expiresIn,
          refresh: refreshToken.map { SecretString($0) }, refreshTokenExpiresIn: expiresIn),
        receivedAt: blob.receivedAt, idempotencyKey: blob.idempotencyKey, name: blob.name,
        signedInAt: blob.signedInAt, spentBy: blob.spentBy))
  }
}

extension TokenResponse {
  /// The answer with tokens 1, 2, ….
  static func numbered(
    _ number: Int, lifetime: Int64 = 900, hasRefreshToken: Bool = true
  ) -> TokenResponse {
    .sample(
      "access-\(number)", expiresIn: .seconds(lifetime),
      refreshToken: hasRefreshToken ? "refresh-\(number)" : nil,
      refreshTokenExpiresIn: hasRefreshToken ? .seconds(2_592_000) : nil)
  }
}

extension RefreshAnswer {
  /// An answer that says nothing about the session.
  static let unavailable = RefreshAnswer.unavailable(retryAfter: nil, code: nil)

  static func tokens(
    _ number: Int, lifetime: Int64 = 900, hasRefreshToken: Bool = true
  ) -> RefreshAnswer {
    .tokens(.numbered(number, lifetime: lifetime, hasRefreshToken: hasRefreshToken))
  }

  static func retryAfter(_ seconds: Int64) -> RefreshAnswer {
    .unavailable(retryAfter: .seconds(seconds), code: nil)
  }
}

extension SessionRestoration.State {
  static func suspended(
    since: Int64, until retryAt: Int64, _ cause: SessionRestoration.Suspension.Cause
  ) -> Self {
    .suspended(
      SessionRestoration.Suspension(
        since: .receipt(since), retryAt: .receipt(retryAt), cause: cause))
  }
}

extension SessionRestoration.Ticket {
  /// A ticket of the machine that draws its word from a ``ConstantSource``.
  static func numbered(_ number: UInt64, machine: UInt64 = 0) -> SessionRestoration.Ticket {
    SessionRestoration.Ticket(machine: machine, number: number)
  }
}
