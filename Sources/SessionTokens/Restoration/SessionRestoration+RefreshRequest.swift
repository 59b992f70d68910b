extension SessionRestoration {
  /// A call of the refresh endpoint.
  public struct RefreshRequest: Sendable {
    /// The token to present.
    public let refreshToken: String
    /// The value of the `Idempotency-Key` field: the same for every retry of this token.
    public let idempotencyKey: String
  }
}

extension SessionRestoration.RefreshRequest: Hashable {
  /// True when both present the same token with the same key, by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    a.refreshToken.hasSameBytes(as: b.refreshToken)
      && a.idempotencyKey.hasSameBytes(as: b.idempotencyKey)
  }

  /// Feeds the token and the key to `hasher`.
  public func hash(into hasher: inout Hasher) {
    refreshToken.hashBytes(into: &hasher)
    idempotencyKey.hashBytes(into: &hasher)
  }
}
