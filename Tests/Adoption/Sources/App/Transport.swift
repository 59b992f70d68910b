import SessionTokens

/// What the actor needs of an HTTP client.
protocol Transport: Sendable {
  /// Posts to the refresh endpoint with the `Idempotency-Key` field; `unreachable` without a response.
  func refresh(_ request: SessionRestoration.RefreshRequest) async -> RefreshAnswer
  /// Tells the sign-in server that the user has signed out.
  func revoke(refreshToken: String) async
}
