// SPDX-License-Identifier: Apache-2.0

/// A token response as it is usually declared.
struct PeerResponse: Codable, Sendable {
  var accessToken: String
  var tokenType: String
  var expiresIn: Int
  var refreshToken: String?
  var refreshTokenExpiresIn: Int?

  enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
    case refreshToken = "refresh_token"
    case refreshTokenExpiresIn = "refresh_token_expires_in"
  }
}
