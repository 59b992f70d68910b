// SPDX-License-Identifier: Apache-2.0

/// The result of a sign-in or a refresh: a short-lived access token and a long-lived refresh token.
///
/// The tokens never show in `description`, `dump` or a mirror.
public struct TokenPair: Sendable {
  let access: SecretString
  let refresh: SecretString

  /// The access token's `exp`: the token is invalid from this second on, or a verifier's leeway later.
  public let accessExpiresAt: NumericDate

  /// The refresh token's `exp`: the end of the session's refresh window as of this pair.
  ///
  /// If the session has a record, the record's window decides whether the token is accepted. For a token newer
  /// than the record, the idle time counts from the later of the last rotation and the token's `iat`.
  public let refreshExpiresAt: NumericDate

  let decidedAt: NumericDate

  /// The token that the client sends with each request to a resource server.
  public var accessToken: String { access.text }

  /// The token that the client sends to the refresh endpoint only.
  public var refreshToken: String { refresh.text }

  /// The body of the response (RFC 6749 §5.1).
  ///
  /// Lifetimes count from the time of the decision. A lifetime is 0 when the token had expired by then, as
  /// can happen when an answer is sent again.
  public var response: TokenResponse {
    TokenResponse(
      access: access, expiresIn: max(.zero, accessExpiresAt - decidedAt), refresh: refresh,
      refreshTokenExpiresIn: max(.zero, refreshExpiresAt - decidedAt))
  }
}

extension TokenPair: Equatable {
  /// Returns true when both tokens and their expiries are the same; the time of the decision is ignored.
  public static func == (a: TokenPair, b: TokenPair) -> Bool {
    a.access == b.access && a.refresh == b.refresh && a.accessExpiresAt == b.accessExpiresAt
      && a.refreshExpiresAt == b.refreshExpiresAt
  }
}

extension TokenPair: Redacted {
  /// The tokens' expiries, never a token.
  public var description: String {
    "TokenPair(accessExpiresAt: \(accessExpiresAt), refreshExpiresAt: \(refreshExpiresAt))"
  }
}
