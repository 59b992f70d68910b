// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A row of `jwk_oct_wycheproof.json`: a key set, and a JWS to verify with it.
struct JWKVector: VectorRow {
  private struct KeySet: Decodable { let keys: [JWK] }

  let name: String
  let jws: String
  let keys: [JWK]

  /// The keys that a server would put into a ring: symmetric, and meant for HS256.
  var hs256Keys: [JWK] {
    keys.filter { $0.kty == "oct" && $0.alg == "HS256" }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    jws = try container.decode(String.self, forKey: .jws)
    keys = try container.decode(KeySet.self, forKey: .jwks).keys
  }

  private enum CodingKeys: String, CodingKey { case name, jws, jwks }
}
