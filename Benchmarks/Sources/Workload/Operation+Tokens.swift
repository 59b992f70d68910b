// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Operation {
  /// Signing and verifying.
  static func tokens() throws -> [Operation] {
    let key = try Fixture.key()
    let ring = try KeyRing(active: key)
    let claims = Fixture.claims()
    let token = try Fixture.token()
    let validator = try Fixture.validator()
    let plain = try SessionFixture()
    let custom = try SessionFixture(custom: CustomClaims(members))
    let verifier = plain.authority.accessTokenVerifier
    let (accessToken, customAccessToken) = (plain.tokens.accessToken, custom.tokens.accessToken)
    let field = "Bearer \(accessToken)"
    return [
      Operation("sign") { try JWT.encode(claims, type: Fixture.type, key: key) },
      Operation("verify") {
        try JWT.decode(token, keys: ring, type: .exactly(Fixture.type), validator: validator)
      },
      Operation("verify an access token") { try verifier.verify(accessToken) },
      Operation("verify an access token with custom claims") {
        try verifier.verify(customAccessToken)
      },
      Operation("verify an Authorization field") { try verifier.verify(authorization: field) },
    ]
  }
}
