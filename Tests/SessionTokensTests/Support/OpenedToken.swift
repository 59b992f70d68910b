// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A token's header and claims, read by Foundation and without its key.
struct OpenedToken {
  let header: String
  let payload: String
  let claims: Claims

  struct Claims: Decodable {
    let iss: String
    let sub: String
    let aud: String
    let exp: Int64
    let iat: Int64
    let jti: String
    let sid: String
    let authTime: Int64
    let clientID: String?
    let gen: Int64?

    private enum CodingKeys: String, CodingKey {
      case iss, sub, aud, exp, iat, jti, sid, gen
      case authTime = "auth_time"
      case clientID = "client_id"
    }
  }

  init(_ token: String) throws {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    header = String(decoding: try Base64URLBytes(parts[0]).bytes, as: UTF8.self)
    let payload = try Base64URLBytes(parts[1]).bytes
    self.payload = String(decoding: payload, as: UTF8.self)
    claims = try JSONDecoder().decode(Claims.self, from: Data(payload))
  }
}
