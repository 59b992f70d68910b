// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Operation {
  /// The tokens that are refused.
  static func rejections() throws -> [Operation] {
    let session = try SessionFixture()
    let verifier = session.authority.accessTokenVerifier
    var later = verifier
    later.clock = .fixed(Fixture.now + .seconds(900))
    let late = later
    let good = session.tokens.accessToken
    let forged = Forge.withLastSignatureBitsChanged(good)
    let twoParts = String(good.prefix { $0 != "." }) + ".e30"
    let padded = String(good.dropLast()) + "="
    let otherKey = try JWT.encode(
      Fixture.claims(), type: Fixture.type, key: SigningKey(id: "2", secret: Fixture.secret))
    let refreshToken = session.tokens.refreshToken
    return [
      rejection("reject a wrong signature", verifier, forged),
      rejection("reject an expired token", late, good),
      rejection("reject two parts", verifier, twoParts),
      rejection("reject padding", verifier, padded),
      rejection("reject an unknown key", verifier, otherKey),
      rejection("reject a refresh token", verifier, refreshToken),
    ]
  }

  private static func rejection(
    _ name: String, _ verifier: AccessTokenVerifier, _ token: String
  ) -> Operation {
    .rejection(name) { () throws(TokenError) in try verifier.verify(token) }
  }
}
