// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A refresh request: a token of the session, or one with a small change.
struct RotationRequest {
  var presented: PresentedRefreshToken
  var key: String?
  /// True when the token was issued for the record's session.
  var isBound: Bool

  /// Creates a request; `nil` if the token is refused before a record is looked up.
  init?(
    _ input: inout FuzzInput, _ record: SessionRecord, _ current: TokenPair,
    _ authority: SessionAuthority
  ) {
    key = input.idempotencyKey()
    if input.choice(4) == 0 {
      guard let presented = try? authority.verifyRefresh(current.refreshToken) else { return nil }
      self.presented = presented
      isBound = true
      return
    }
    let generation = input.integer(near: record.generation)
    let identifiers = TokenIdentifiers(record.secret.hmac, generation: generation)
    var claims = SessionClaims(
      issuer: FuzzKeys.issuer, subject: record.subject, audience: FuzzKeys.issuer,
      expiresAt: .maximum, issuedAt: input.date(near: record.rotatedAt),
      id: .identifier(identifiers.refresh), sessionID: record.id,
      authenticatedAt: record.authenticatedAt, clientID: record.clientID, generation: generation,
      custom: JSONObject())
    isBound = false
    switch input.choice(24) {
    case 0: claims.subject = "User"
    case 1: claims.clientID = claims.clientID == nil ? "app" : nil
    case 2: claims.authenticatedAt = claims.authenticatedAt == .minimum ? .maximum : .minimum
    case 3: claims.sessionID = SessionID(identifiers.refresh)
    case 4: claims.id = .identifier(identifiers.access)
    case 5:
      claims.id = .identifier(
        TokenIdentifiers(record.secret.hmac, generation: generation &+ 1).refresh)
    case 6:
      claims.id = .identifier(
        TokenIdentifiers(RotationRun.otherSecret.hmac, generation: generation).refresh)
    default: isBound = true
    }
    guard let presented = try? authority.verifyRefresh(authority.refreshKeys.sign(claims)) else {
      require(generation < 0, "only a negative generation is malformed")
      return nil
    }
    self.presented = presented
  }
}
