// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A row of `jws_hs256_wycheproof.json`: a JWS whose payload is bytes, not claims.
struct JWSVector: VectorRow {
  let name: String
  let jws: String
  let key: Base64URLBytes
  let keyID: String
  let expect: VectorExpectation

  func decode() throws -> JWT {
    try jws.decoded(with: KeyRing(active: SigningKey(id: keyID, secret: key.bytes)))
  }

  private enum CodingKeys: String, CodingKey {
    case name, jws, expect
    case key = "key_b64url"
    case keyID = "kid"
  }
}
