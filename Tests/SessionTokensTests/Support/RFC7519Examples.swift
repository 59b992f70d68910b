// SPDX-License-Identifier: Apache-2.0

/// `rfc7515_rfc7519_examples.json`.
struct RFC7519Examples: Decodable {
  /// RFC 7515 appendix C.
  struct Base64URL: Decodable {
    let octets: [UInt8]
    let text: String
  }

  let examples: [RFC7519Example]
  let base64URL: Base64URL

  private enum CodingKeys: String, CodingKey {
    case examples
    case base64URL = "base64url_appendix_C"
  }
}
