/// The body of a successful sign-in or refresh (RFC 6749 §5.1).
///
/// The tokens never show in `description`, `dump` or a mirror.
public struct TokenResponse: Sendable {
  /// `access_token`.
  public let accessToken: String

  /// `expires_in`: how long the access token lives from the moment of the answer, in whole seconds.
  public let expiresIn: Duration

  /// `refresh_token`; `nil` when the server gave none.
  public let refreshToken: String?

  /// `refresh_token_expires_in`: how long the refresh token lives, in whole seconds; `nil` when the
  /// server did not say.
  public let refreshTokenExpiresIn: Duration?

  init(
    accessToken: String, expiresIn: Duration, refreshToken: String?,
    refreshTokenExpiresIn: Duration?
  ) {
    self.accessToken = accessToken
    self.expiresIn = expiresIn
    self.refreshToken = refreshToken
    self.refreshTokenExpiresIn = refreshTokenExpiresIn
  }

  /// The fields that go with the body: `Content-Type` and `Cache-Control: no-store` (RFC 6749 §5.1).
  public static var headerFields: [(name: String, value: String)] {
    [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
  }

  /// The body as JSON text, its members in the order of the properties.
  public var json: String {
    let strings = [accessToken, refreshToken ?? ""]
    let fixedCount = 192
    return String(capacity: strings.reduce(fixedCount) { $0 + $1.encodedJSONCount }) { body in
      body.append(UInt8(ascii: "{"))
      body.append(name: Member.accessToken)
      body.append(json: accessToken)
      body.append(name: Member.tokenType)
      body.append(json: "Bearer")
      body.append(name: Member.expiresIn)
      body.append(decimal: expiresIn.clampedSeconds)
      if let refreshToken {
        body.append(name: Member.refreshToken)
        body.append(json: refreshToken)
      }
      if let refreshTokenExpiresIn {
        body.append(name: Member.refreshTokenExpiresIn)
        body.append(decimal: refreshTokenExpiresIn.clampedSeconds)
      }
      body.append(UInt8(ascii: "}"))
    }
  }

  /// The names of the body's members.
  enum Member {
    static let accessToken = "access_token"
    static let tokenType = "token_type"
    static let expiresIn = "expires_in"
    static let refreshToken = "refresh_token"
    static let refreshTokenExpiresIn = "refresh_token_expires_in"

    static let all = [accessToken, tokenType, expiresIn, refreshToken, refreshTokenExpiresIn]
  }
}

extension TokenResponse: Hashable {
  /// True when tokens and lifetimes are the same.
  public static func == (a: TokenResponse, b: TokenResponse) -> Bool {
    a.accessToken.hasSameBytes(as: b.accessToken) && hasSameBytes(a.refreshToken, b.refreshToken)
      && a.expiresIn == b.expiresIn && a.refreshTokenExpiresIn == b.refreshTokenExpiresIn
  }

  /// Feeds the tokens to `hasher`.
  public func hash(into hasher: inout Hasher) {
    accessToken.hashBytes(into: &hasher)
    refreshToken?.hashBytes(into: &hasher)
  }
}
