// SPDX-License-Identifier: Apache-2.0

/// The form of a refresh (RFC 6749 §6).
struct RefreshForm: Decodable {
  let grantType: String?
  let refreshToken: String?

  enum CodingKeys: String, CodingKey {
    case grantType = "grant_type"
    case refreshToken = "refresh_token"
  }
}
