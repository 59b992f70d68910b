// SPDX-License-Identifier: Apache-2.0

#if Peers
  /// The claims of the fixture as they are usually declared for `JSONEncoder`.
  struct PeerClaims: Codable, Sendable {
    var iss = Fixture.issuer
    var sub = Fixture.subject
    var aud = Fixture.audience
    var exp = Fixture.issuedAt + Fixture.lifetime
    var iat = Fixture.issuedAt
    var jti = Fixture.tokenID
    var session = Fixture.sessionID
    var generation = Fixture.generation

    /// Checks the same claims as the library's validator.
    func check() throws {
      guard iss == Fixture.issuer, aud == Fixture.audience,
        exp > Fixture.secondsNow, iat <= Fixture.secondsNow + 30
      else { throw PeerError.claims }
    }
  }
#endif
