// SPDX-License-Identifier: Apache-2.0

/// A row of `interop.json`: a token row with the claims that were signed.
struct InteropRow: VectorRow {
  struct Header: Decodable {
    let typ: String?
    let kid: String?
  }

  let token: TokenRow
  let header: Header
  /// The payload's exact text.
  let payload: String

  var name: String { token.name }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    token = try TokenRow(from: decoder)
    header = try container.decode(Header.self, forKey: .header)
    payload = try container.decode(String.self, forKey: .payload)
  }

  private enum CodingKeys: String, CodingKey {
    case header
    case payload = "claims_json"
  }
}
