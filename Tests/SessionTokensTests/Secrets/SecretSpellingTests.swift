// SPDX-License-Identifier: Apache-2.0

import Testing

/// The search itself: each way of writing bytes is found.
@Suite struct SecretSpellingTests {
  private static let bytes = (0..<32).map { UInt8(truncatingIfNeeded: 0x91 + 7 * $0) }

  private static var texts: [String] {
    let base64URL = Base64URLBytes.text(bytes)
    let hexadecimal = bytes.map { String(Int($0) + 0x100, radix: 16).suffix(2) }.joined()
    let word = bytes[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let half = bytes[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return [
      String(decoding: bytes, as: UTF8.self), base64URL, hexadecimal, hexadecimal.uppercased(),
      "\(bytes)", "\(word)", "\(word.byteSwapped)", "\(half)", "\(half.byteSwapped)",
      String(base64URL.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }),
      bytes.map { "\($0)" }.joined(separator: ","), String(base64URL.prefix(20)),
      "…" + base64URL.suffix(20), "\(bytes.suffix(15))",
    ]
  }

  @Test(arguments: texts) func `a spelling is found`(_ text: String) {
    let others = Secret("others", bytes: Self.bytes.map { ~$0 })
    let search = SecretSearch([Secret("bytes", bytes: Self.bytes), others])
    #expect(search.secrets(in: ["before \(text) after"]) == ["bytes"])
  }
}
