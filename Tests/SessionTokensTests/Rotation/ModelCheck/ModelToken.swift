// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// An issued pair of tokens, and their claims, read from their bytes.
struct ModelToken {
  let pair: TokenPair
  let presented: PresentedRefreshToken
  /// True for a token that the session's server never issued.
  let isForeign: Bool
  /// The claims of the refresh token, and both expiries, in seconds of the model.
  let generation: Int64
  let issuedAt: Int64
  let refreshExpiresAt: Int64
  let accessExpiresAt: Int64

  /// Reads a pair, and its access token if there is one.
  init(_ pair: TokenPair, isForeign: Bool, authority: SessionAuthority) throws {
    self.pair = pair
    self.isForeign = isForeign
    presented = try authority.verifyRefresh(pair.refreshToken)
    generation = presented.generation
    issuedAt = ModelPolicy.second(presented.claims.issuedAt)
    refreshExpiresAt = ModelPolicy.second(presented.claims.expiresAt)
    if isForeign {
      accessExpiresAt = 0
    } else {
      let claims = try UnverifiedJWT(pair.accessToken).claims()
      accessExpiresAt = claims.expiresAt.map(ModelPolicy.second) ?? .max
    }
  }
}
