// SPDX-License-Identifier: Apache-2.0

/// A row of `sha256_nist.json`.
struct SHA256Vector: VectorRow {
  let name: String
  let bitCount: Int
  let message: HexBytes
  let digest: HexBytes

  private enum CodingKeys: String, CodingKey {
    case name
    case bitCount = "len_bits"
    case message = "msg_hex"
    case digest = "sha256_hex"
  }
}
