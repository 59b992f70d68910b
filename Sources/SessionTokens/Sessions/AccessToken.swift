// SPDX-License-Identifier: Apache-2.0

/// The claims of a verified access token (RFC 9068).
///
/// Only ``AccessTokenVerifier`` creates a value. The value holds the claims, but not the token itself.
/// Strings compare by their bytes.
public struct AccessToken: Sendable, Equatable {
  let claims: SessionClaims

  /// `jti`: the token's identifier.
  public var id: String { claims.id.text }
  /// `iss`: the issuer of the token.
  public var issuer: String { claims.issuer }
  /// `sub`: the user who signed in.
  public var subject: String { claims.subject }
  /// `client_id`: the client that signed in; `nil` when the session was opened without one.
  public var clientID: String? { claims.clientID }
  /// `sid`: the session.
  public var sessionID: SessionID { claims.sessionID }
  /// `auth_time`: the time when the user signed in.
  public var authenticatedAt: NumericDate { claims.authenticatedAt }
  /// `iat`: the time when the token was issued.
  public var issuedAt: NumericDate { claims.issuedAt }
  /// `exp`: the token is invalid from this second on, or the verifier's leeway later.
  public var expiresAt: NumericDate { claims.expiresAt }
  /// The custom claims, in the order of the payload.
  ///
  /// A claim `gen`, which belongs to refresh tokens, is ignored.
  public var custom: JSONObject { claims.custom }

  /// Returns the value of a custom claim; `nil` when the token has no such claim.
  public subscript(name: String) -> JSONValue? { custom[name] }
}

extension AccessToken: Redacted {
  /// The session and the expiry.
  public var description: String { "AccessToken(sid: \(sessionID), exp: \(expiresAt))" }
}
