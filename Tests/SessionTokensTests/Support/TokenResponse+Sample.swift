// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension TokenResponse {
  /// A body of members that the test knows to be in range; traps if they aren't.
  static func sample(
    _ accessToken: String, expiresIn: Duration = .seconds(900), refreshToken: String?,
    refreshTokenExpiresIn: Duration?
  ) -> TokenResponse {
    do throws(TokenError) {
      return try TokenResponse(
        accessToken: accessToken, expiresIn: expiresIn, refreshToken: refreshToken,
        refreshTokenExpiresIn: refreshTokenExpiresIn)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
