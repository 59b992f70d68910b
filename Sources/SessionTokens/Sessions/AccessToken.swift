// SPDX-License-Identifier: Apache-2.0

/// The claims of an access token that is authentic and valid (RFC 9068).
///
/// Only ``AccessTokenVerifier`` creates one. It holds the claims and not the token itself. Strings compare by
/// their bytes.
public struct AccessToken: Sendable, Equatable {
  let claims: SessionClaims

  /// `jti`: the token's own identifier.
  public var id: String { claims.id.text }
  /// `iss`: the issuer of the token.
  public var issuer: String { claims.issuer }
  /// `sub`: the user who signed in.
  public var subject: String { claims.subject }
  /// `client_id`: the client that signed in; `nil` when the session was opened without one.
  public var clientID: String? { claims.clientID }
  /// `sid`: the session.
  public var sessionID: SessionID { claims.sessionID }
  /// `auth_time`: the moment of the sign-in.
  public var authenticatedAt: NumericDate { claims.authenticatedAt }
  /// `iat`: the moment when the token was issued.
  public var issuedAt: NumericDate { claims.issuedAt }
  /// `exp`: the token is invalid from this second on.
  public var expiresAt: NumericDate { claims.expiresAt }
  /// The host's own claims, in their order.
  public var custom: JSONObject { claims.custom }

  /// Returns the value of the custom claim with that name.
  public subscript(name: String) -> JSONValue? { custom[name] }
}

extension AccessToken: Redacted {
  /// The session and the expiry.
  public var description: String { "AccessToken(sid: \(sessionID), exp: \(expiresAt))" }
}
