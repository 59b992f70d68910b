// The claims of session tokens, in the shape of RFC 9068 §2.2 and with the names of OpenID Connect.
//
//   access    iss sub aud exp iat jti sid auth_time client_id?      custom…
//   refresh   iss sub aud exp iat jti sid auth_time client_id? gen

/// What a session token states.
struct SessionClaims {
  /// The most bytes a subject or a client ID may take as JSON, and an issuer or an audience.
  ///
  /// With ``CustomClaims/maximumByteCount`` and ``SigningKey/maximumIDByteCount`` they keep every
  /// token within its limit, so that none has to be refused once a rotation was decided.
  static let maximumSubjectByteCount = 1_024
  static let maximumIssuerByteCount = 512

  var issuer: String
  var subject: String
  var audience: String
  var expiresAt: NumericDate
  var issuedAt: NumericDate
  var id: Identifier
  var sessionID: SessionID
  var authenticatedAt: NumericDate
  var clientID: String?
  var generation: Int64?
  var custom: CustomClaims

  /// The size of the claims as a JSON object, or somewhat more.
  var encodedCountBound: Int {
    let fixedCount = 256
    return fixedCount + issuer.encodedJSONCount + subject.encodedJSONCount
      + audience.encodedJSONCount + (clientID?.encodedJSONCount ?? 0) + custom.members.encodedCount
  }
}

extension OutputSpan<UInt8> {
  /// Appends the claims as a JSON object.
  mutating func append(_ claims: SessionClaims) {
    append(UInt8(ascii: "{"))
    append(member: .issuer, claims.issuer)
    append(member: .subject, claims.subject)
    append(member: .audience, claims.audience)
    append(member: .expiresAt, claims.expiresAt)
    append(member: .issuedAt, claims.issuedAt)
    append(member: .id, claims.id)
    append(member: .sessionID, claims.sessionID.identifier)
    append(member: .authenticatedAt, claims.authenticatedAt)
    append(member: .clientID, claims.clientID)
    if let generation = claims.generation {
      append(name: ClaimName.generation.rawValue)
      append(decimal: generation)
    }
    append(custom: claims.custom.members)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(member claim: ClaimName, _ identifier: Identifier) {
    append(name: claim.rawValue)
    append(UInt8(ascii: "\""))
    append(identifier)
    append(UInt8(ascii: "\""))
  }
}

extension TypedKeyRing {
  /// Makes a token of the claims.
  func sign(_ claims: SessionClaims) -> String {
    withScratch(capacity: claims.encodedCountBound) { payload in
      payload.append(claims)
      return sign(payload: payload.span)
    }
  }
}
