// SPDX-License-Identifier: Apache-2.0

/// An authenticated refresh token that a client presents, with the ID of the session to look up.
///
/// The token is authentic, but only the session's record decides whether it is still valid. The value holds
/// the claims, but not the token itself.
public struct PresentedRefreshToken: Sendable {
  let claims: SessionClaims

  /// The claim `gen`: the number of the session's rotations when the token was created.
  public let generation: Int64

  /// The claim `jti`.
  let id: Identifier128

  /// The claim `sid`: the session to look up.
  public var sessionID: SessionID { claims.sessionID }

  /// The claim `sub`: the user who signed in.
  public var subject: String { claims.subject }

  /// The claim `client_id`: the client that signed in; `nil` when the session was opened without one.
  ///
  /// If clients authenticate, compare it by bytes with the client of the request: a refresh token is bound
  /// to the client to which it was issued (RFC 6749 §6).
  public var clientID: String? { claims.clientID }
}

extension PresentedRefreshToken {
  /// Authenticates a token and reads its claims, without checking its times.
  init(_ refreshToken: String, keys: TypedKeyRing, issuer: String) throws(TokenError) {
    self = try refreshToken.utf8.withSpan { text throws(TokenError) in
      try keys.authenticate(text).withClaims(of: text, recognizing: .session) {
        slices, payload throws(TokenError) in
        var reader = MemberReader()
        let claims = SessionClaims(
          slices, in: payload, of: .refresh, issuer: issuer, audience: issuer, time: nil, &reader)
        guard let claims, let generation = claims.generation, case .identifier(let id) = claims.id
        else { throw .invalidClaims(reader.failures.inClaimOrder()) }
        return PresentedRefreshToken(claims: claims, generation: generation, id: id)
      }
    }
  }
}

extension PresentedRefreshToken: Redacted {
  /// The session's ID and the generation.
  public var description: String { "PresentedRefreshToken(sid: \(sessionID), gen: \(generation))" }
}
