// SPDX-License-Identifier: Apache-2.0

import Testing

/// `base64url.json`.
struct Base64URLVectors: Decodable {
  struct Accepted: Decodable, Sendable, CustomTestStringConvertible {
    let text: String
    let bytes: HexBytes

    var testDescription: String { text.debugDescription }

    private enum CodingKeys: String, CodingKey {
      case text
      case bytes = "bytes_hex"
    }
  }

  struct Rejected: Decodable, Sendable, CustomTestStringConvertible {
    let text: String
    let why: String

    var testDescription: String { "\(text.debugDescription): \(why)" }
  }

  let accept: [Accepted]
  let reject: [Rejected]
}
