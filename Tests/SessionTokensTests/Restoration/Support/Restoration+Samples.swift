@testable import SessionTokens

extension NumericDate {
  /// Seconds after the moment at which session 1 came.
  static func receipt(_ seconds: Int64) -> NumericDate {
    NumericDate(clamping: 1_800_000_000 + seconds)
  }
}

extension StoredSession {
  /// Session 1, 2, …, as another process of the app, or an earlier launch, has stored it.
  ///
  /// With the standard configuration its access token is to be renewed from second 840 and has ended
  /// at second 900.
  static func numbered(
    _ number: Int, lifetime: Int64 = 900, hasRefreshToken: Bool = true,
    refreshLifetime: Int64? = 2_592_000, receivedAt: Int64 = 0
  ) -> StoredSession {
    StoredSession(
      accessToken: "access-\(number)", expiresIn: .seconds(lifetime),
      refreshToken: hasRefreshToken ? "refresh-\(number)" : nil,
      refreshTokenExpiresIn: hasRefreshToken ? refreshLifetime.map { .seconds($0) } : nil,
      receivedAt: .receipt(receivedAt), idempotencyKey: "idempotency-key-\(number)")
  }

  /// What the machine makes of the answer of that number, drawing from a ``ConstantSource``.
  static func renewed(
    _ number: Int, at seconds: Int64, lifetime: Int64 = 900, refreshToken: String? = nil,
    hasRefreshToken: Bool = true
  ) -> StoredSession {
    StoredSession(
      accessToken: "access-\(number)", expiresIn: .seconds(lifetime),
      refreshToken: refreshToken ?? (hasRefreshToken ? "refresh-\(number)" : nil),
      refreshTokenExpiresIn: hasRefreshToken ? .seconds(2_592_000) : nil,
      receivedAt: .receipt(seconds), idempotencyKey: "AAAAAAAAAAAAAAAAAAAAAA")
  }
}

extension TokenResponse {
  /// The answer that makes session 1, 2, ….
  static func numbered(
    _ number: Int, lifetime: Int64 = 900, hasRefreshToken: Bool = true
  ) -> TokenResponse {
    .sample(
      "access-\(number)", expiresIn: .seconds(lifetime),
      refreshToken: hasRefreshToken ? "refresh-\(number)" : nil,
      refreshTokenExpiresIn: hasRefreshToken ? .seconds(2_592_000) : nil)
  }
}

extension SessionRestoration.Ticket {
  /// The ticket of that number: 1, 2, … in the order of the effects.
  static func numbered(_ number: UInt64) -> SessionRestoration.Ticket {
    SessionRestoration.Ticket(number: number)
  }
}

extension [SessionRestoration.Effect] {
  /// The request that presents a session's token with its key.
  static func sending(_ session: StoredSession, _ number: UInt64) -> Self {
    let request = SessionRestoration.RefreshRequest(
      refreshToken: session.refreshToken ?? "none", idempotencyKey: session.idempotencyKey)
    return [.wake(after: .seconds(60)), .send(request, .numbered(number))]
  }

  /// The shortest pause at a moment, entered without a usable access token.
  static func suspending(at seconds: Int64, for pause: Int64 = 1) -> Self {
    [
      .stateChanged(.suspended(retryAt: .receipt(seconds + pause))),
      .wake(after: .seconds(pause)),
    ]
  }
}
