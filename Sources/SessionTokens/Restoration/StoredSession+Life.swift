// How long the stored tokens live, by this device's clock and the lifetimes that came with them.

extension StoredSession {
  /// How much of the access token's life is left; `nil` when the clock shows a time before receipt,
  /// so that nothing can be said.
  func accessLifeLeft(at now: NumericDate) -> Duration? {
    now < receivedAt ? nil : expiresIn - (now - receivedAt)
  }

  /// How long before its end the access token is renewed: `min(configured, lifetime / 4)`.
  func margin(_ configured: Duration) -> Duration {
    min(configured, .seconds(expiresIn.clampedSeconds / 4))
  }

  /// True when the access token lives as long as the session can: an early refresh would gain
  /// nothing, and repeat.
  var accessEndsWithSession: Bool {
    refreshTokenExpiresIn.map { expiresIn >= $0 } ?? false
  }

  /// True when both hold the same refresh token.
  func hasSameRefreshToken(as other: StoredSession) -> Bool {
    hasSameBytes(refreshToken, other.refreshToken)
  }
}
