// SPDX-License-Identifier: Apache-2.0

/// The result of a sign-in or a refresh: a short-lived access token and a long-lived refresh token.
///
/// The tokens never show in `description`, `dump`, or a mirror.
public struct TokenPair: Sendable {
  private let access: SecretString
  private let refresh: SecretString
  private let decidedAt: NumericDate

  /// The expiry of the access token, its `exp`: the token is invalid from this second on.
  public let accessExpiresAt: NumericDate

  /// The expiry of the refresh token, its `exp`: the token is invalid from this second on.
  public let refreshExpiresAt: NumericDate

  init(
    accessToken: String, refreshToken: String, accessExpiresAt: NumericDate,
    refreshExpiresAt: NumericDate, decidedAt: NumericDate
  ) {
    access = SecretString(accessToken)
    refresh = SecretString(refreshToken)
    self.accessExpiresAt = accessExpiresAt
    self.refreshExpiresAt = refreshExpiresAt
    self.decidedAt = decidedAt
  }

  /// The token for every request; it can't be refreshed.
  public var accessToken: String { access.text }

  /// The token for the refresh endpoint and nothing else.
  public var refreshToken: String { refresh.text }

  /// The body to answer with (RFC 6749 §5.1).
  ///
  /// Lifetimes count from the moment of the decision, and are 0 when it came after the expiry: a replayed
  /// access token may have expired since it was created.
  public var response: TokenResponse {
    TokenResponse(self, decidedAt: decidedAt)
  }
}

extension TokenPair: Equatable {
  /// Returns true when both tokens and their expiries are the same, whenever they were decided.
  public static func == (a: TokenPair, b: TokenPair) -> Bool {
    a.access == b.access && a.refresh == b.refresh && a.accessExpiresAt == b.accessExpiresAt
      && a.refreshExpiresAt == b.refreshExpiresAt
  }
}

extension TokenPair: Redacted {
  /// The tokens' expiries; never a token.
  public var description: String {
    "TokenPair(accessExpiresAt: \(accessExpiresAt), refreshExpiresAt: \(refreshExpiresAt))"
  }
}
