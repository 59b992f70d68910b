// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Bytes written in base64url without padding, read by Foundation and not by the library.
struct Base64URLBytes: Decodable, Sendable {
  let bytes: [UInt8]

  init(_ text: some StringProtocol) throws {
    let base64 = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: base64 + padding) else {
      throw VectorError(reason: "not base64url: \(text)")
    }
    bytes = [UInt8](data)
  }

  init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }
}
