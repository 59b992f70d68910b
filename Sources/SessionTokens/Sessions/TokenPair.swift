/// What a sign-in or a refresh hands out: a short-lived access token and a long-lived refresh token.
///
/// Two pairs are equal when their tokens and expiries are; when they were handed out does not count.
/// The tokens never show in `description`, `dump` or a mirror.
public struct TokenPair: Sendable {
  /// The token for every request; it cannot be refreshed.
  public let accessToken: String

  /// The token for the refresh endpoint and nothing else.
  public let refreshToken: String

  /// When the access token expires, its `exp`: at this second it has.
  public let accessExpiresAt: NumericDate

  /// When the refresh token expires, its `exp`: at this second it has.
  public let refreshExpiresAt: NumericDate

  private let decidedAt: NumericDate

  init(
    accessToken: String, refreshToken: String, accessExpiresAt: NumericDate,
    refreshExpiresAt: NumericDate, decidedAt: NumericDate
  ) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.accessExpiresAt = accessExpiresAt
    self.refreshExpiresAt = refreshExpiresAt
    self.decidedAt = decidedAt
  }

  /// The body to answer with (RFC 6749 §5.1).
  ///
  /// Lifetimes count from the moment of the decision, and are 0 where it came after the expiry: a
  /// replayed access token may have expired since it was made.
  public var response: TokenResponse {
    TokenResponse(self, decidedAt: decidedAt)
  }
}

extension TokenPair: Hashable {
  /// True when both tokens and their expiries are the same.
  public static func == (a: TokenPair, b: TokenPair) -> Bool {
    a.accessToken.hasSameBytes(as: b.accessToken) && a.refreshToken.hasSameBytes(as: b.refreshToken)
      && a.accessExpiresAt == b.accessExpiresAt && a.refreshExpiresAt == b.refreshExpiresAt
  }

  /// Feeds the tokens to `hasher`.
  public func hash(into hasher: inout Hasher) {
    accessToken.hashBytes(into: &hasher)
    refreshToken.hashBytes(into: &hasher)
  }
}
