// SPDX-License-Identifier: Apache-2.0

/// `rfc7520_4_4_hs256.json`: RFC 7520 §4.4.
struct RFC7520Example: Decodable {
  struct Vector: Decodable {
    let input: Input
    let signing: Signing
    let output: Output
  }

  struct Input: Decodable {
    let payload: String
    let key: JWK
  }

  struct Signing: Decodable {
    let signingInput: String
    let signature: Base64URLBytes

    private enum CodingKeys: String, CodingKey {
      case signingInput = "sig-input"
      case signature = "sig"
    }
  }

  struct Output: Decodable {
    let compact: String
  }

  let vector: Vector
}
