// SPDX-License-Identifier: Apache-2.0

/// A refresh token that its key has signed, presented for rotation: it names the session to look up.
///
/// Nothing is decided yet: the session's record says whether the token is still good. The value holds the
/// claims and not the token itself, and its `description` names the session only.
public struct PresentedRefreshToken: Sendable {
  let claims: SessionClaims

  /// The number of rotations of the session when the token was created: the claim `gen`.
  public let generation: Int64

  /// The claim `jti`.
  let id: Identifier128

  /// The session to look up: the claim `sid`.
  public var sessionID: SessionID { claims.sessionID }

  /// The user who signed in: the claim `sub`.
  public var subject: String { claims.subject }

  /// The client that signed in: the claim `client_id`; `nil` when the session was opened without one.
  ///
  /// Where clients authenticate, compare it by bytes with the client that asks: a refresh token is bound
  /// to the client that it was issued to (RFC 6749 §6).
  public var clientID: String? { claims.clientID }

  /// Authenticates a token and reads its claims; its time isn't judged.
  init(_ refreshToken: String, keys: TypedKeyRing, issuer: String) throws(TokenError) {
    self = try refreshToken.utf8.withSpan { text throws(TokenError) in
      try keys.authenticate(text).withClaims(of: text, names: .session) {
        slices, payload throws(TokenError) in
        var reader = MemberReader()
        let claims = SessionClaims(
          slices, in: payload, of: .refresh, issuer: issuer, audience: issuer, time: nil, &reader)
        guard let claims, let generation = claims.generation, case .derived(let id) = claims.id
        else { throw .invalidClaims(reader.failures.inClaimOrder()) }
        return PresentedRefreshToken(claims: claims, generation: generation, id: id)
      }
    }
  }

  private init(claims: SessionClaims, generation: Int64, id: Identifier128) {
    self.claims = claims
    self.generation = generation
    self.id = id
  }
}

extension PresentedRefreshToken: Redacted {
  /// The session and the generation.
  public var description: String {
    "PresentedRefreshToken(sid: \(sessionID), gen: \(generation))"
  }
}
