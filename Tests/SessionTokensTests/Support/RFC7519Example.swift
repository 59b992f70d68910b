// SPDX-License-Identifier: Apache-2.0

/// An example of `rfc7515_rfc7519_examples.json`; the unsecured one has only a token.
struct RFC7519Example: Decodable, Sendable {
  let token: String
  let jwk: JWK?
  let header: String?
  let payload: String?
  let mac: [UInt8]?

  private enum CodingKeys: String, CodingKey {
    case token, jwk
    case header = "header_json"
    case payload = "payload_json"
    case mac = "mac_octets"
  }
}
