// SPDX-License-Identifier: Apache-2.0

/// A row of the `hmac_sha256_*.json` files.
struct HMACVector: VectorRow {
  enum Verdict: String, Decodable { case valid, invalid }

  let name: String
  let key: HexBytes
  let message: HexBytes
  /// The code, cut to its first `tagByteCount` bytes.
  let tag: HexBytes
  let tagByteCount: Int
  /// Given by Wycheproof only; every row of NIST and of RFC 4231 is valid.
  let verdict: Verdict?

  var isWhole: Bool { tagByteCount == 32 }

  private enum CodingKeys: String, CodingKey {
    case name
    case key = "key_hex"
    case message = "msg_hex"
    case tag = "tag_hex"
    case tagByteCount = "tag_bytes"
    case verdict = "result"
  }
}
