/// An access token that was found authentic and valid (RFC 9068).
///
/// There is no way to get a value but ``AccessTokenVerifier``. It holds the claims and not the
/// token itself. Strings compare by their bytes.
public struct AccessToken: Sendable {
  /// `jti`, the token's own identifier.
  public let id: String
  /// `iss`, who made the token.
  public let issuer: String
  /// `sub`, who signed in.
  public let subject: String
  /// `client_id`, the client that signed in, when one was given.
  public let clientID: String?
  /// `sid`, the session.
  public let sessionID: SessionID
  /// `auth_time`, when the user signed in.
  public let authenticatedAt: NumericDate
  /// `iat`, when the token was made.
  public let issuedAt: NumericDate
  /// `exp`: at this second the token has expired.
  public let expiresAt: NumericDate
  /// The host's own claims, in their order.
  public let custom: JSONObject

  /// The value of the custom claim with that name.
  public subscript(name: String) -> JSONValue? { custom[name] }

  init(
    id: String, issuer: String, subject: String, clientID: String?, sessionID: SessionID,
    authenticatedAt: NumericDate, issuedAt: NumericDate, expiresAt: NumericDate,
    custom: JSONObject
  ) {
    self.id = id
    self.issuer = issuer
    self.subject = subject
    self.clientID = clientID
    self.sessionID = sessionID
    self.authenticatedAt = authenticatedAt
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
    self.custom = custom
  }
}

extension AccessToken: Equatable {
  /// Returns true when all claims are the same.
  public static func == (a: AccessToken, b: AccessToken) -> Bool {
    a.id.hasSameBytes(as: b.id) && a.issuer.hasSameBytes(as: b.issuer)
      && a.subject.hasSameBytes(as: b.subject) && hasSameBytes(a.clientID, b.clientID)
      && a.sessionID == b.sessionID && a.authenticatedAt == b.authenticatedAt
      && a.issuedAt == b.issuedAt && a.expiresAt == b.expiresAt && a.custom == b.custom
  }
}
