// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension ModelServer {
  /// Requests with tokens that the session's server never issued, each with one wrong part, signed
  /// with the right key: the row's secret and contents must reveal them.
  func strangerRequests() throws -> [Int] {
    let other = try open(seed: 2)
    let genuine = token(opening.pair).presented
    var claims: [SessionClaims] = []
    for generation in 0...Int64(2) {
      // Somebody with the signing key and a stolen token, whose jti is that of generation 0.
      var forged = SessionClaims(
        issuer: "https://id.example", subject: genuine.subject, audience: "https://id.example",
        expiresAt: genuine.claims.expiresAt, issuedAt: genuine.claims.issuedAt,
        id: .identifier(genuine.id),
        sessionID: genuine.sessionID, authenticatedAt: genuine.claims.authenticatedAt,
        clientID: genuine.clientID, generation: generation, custom: [:])
      if generation > 0 { claims.append(forged) }
      // Somebody with the signing key alone, and no token.
      forged.id = .identifier(
        TokenIdentifiers(other.record.secret.hmac, generation: generation).refresh)
      claims.append(forged)
      // The right jti for the generation, and one other claim of another session.
      let hmac = rows[opening.row].record.secret.hmac
      forged.id = .identifier(TokenIdentifiers(hmac, generation: generation).refresh)
      for part in 0..<4 {
        var altered = forged
        switch part {
        case 0: altered.subject = "other"
        case 1: altered.clientID = nil
        case 2: altered.authenticatedAt = ModelPolicy.date(-1)
        default: altered.sessionID = other.record.id
        }
        claims.append(altered)
      }
    }
    let forgeries = claims.map { claims in
      TokenPair(
        access: SecretString(""), refresh: SecretString(authority.refreshKeys.sign(claims)),
        accessExpiresAt: claims.expiresAt, refreshExpiresAt: claims.expiresAt,
        decidedAt: claims.issuedAt)
    }
    return (forgeries + [other.tokens]).map { pair in
      requests.number(
        of: ModelRequest(
          sender: .stranger, token: number(of: pair, isForeign: true), key: 0))
    }
  }
}
