// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// Creates authentic tokens that the library refuses to create.
package enum Forge {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Returns a token of a JSON header and any payload, signed with the key of the fixture.
  static func token(
    header: String = #"{"alg":"HS256","typ":"at+jwt","kid":"2026-11"}"#, payload: [UInt8]
  ) -> String {
    let input = base64URL(Array(header.utf8)) + "." + base64URL(payload)
    let code = HMACSHA256(key: Fixture.secret).authenticationCode(for: input.utf8)
    return input + "." + base64URL(code)
  }

  /// Returns the same token with another well-formed signature.
  static func withLastSignatureBitsChanged(_ token: String) -> String {
    var bytes = Array(token.utf8)
    let last = bytes.count - 2
    bytes[last] = bytes[last] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the unpadded base64url of the bytes.
  static func base64URL(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity((bytes.count * 4 + 2) / 3)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for index in 0...group.count {
        digits.append(alphabet[Int(bits >> UInt32(18 - 6 * index) & 0x3f)])
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
