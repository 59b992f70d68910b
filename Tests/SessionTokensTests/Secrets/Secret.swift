// SPDX-License-Identifier: Apache-2.0

/// A secret that tests plant, and every spelling in which it would count as leaked.
struct Secret: Sendable, CustomStringConvertible {
  let description: String
  let spellings: [String]

  /// A secret of at least 16 bytes, which occur nowhere else.
  init(_ description: String, bytes: [UInt8]) {
    self.description = description
    spellings = Self.spellings(ofPartsOf: bytes) + Self.words(of: bytes)
  }

  /// A secret text of at least 16 bytes.
  init(_ description: String, text: String) {
    self.description = description
    spellings = Self.spellings(ofPartsOf: Array(text.utf8))
  }

  /// A token: its signature, since the rest isn't secret and of no use.
  init(_ description: String, token: String) {
    self.description = description
    let signature = token.utf8.suffix(43)
    spellings = Self.spellings(ofPartsOf: Array(signature))
  }

  /// Twelve bytes of the beginning or of the end count as a leak.
  ///
  /// Both parts begin where a group of base64 does.
  private static func spellings(ofPartsOf bytes: [UInt8]) -> [String] {
    let last = (bytes.count - 12) / 3 * 3
    return [0, last].flatMap { spellings(of: Array(bytes[$0..<$0 + 12])) }
  }

  private static func spellings(of bytes: [UInt8]) -> [String] {
    let base64URL = Base64URLBytes.text(bytes)
    let base64 = String(base64URL.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    let hexadecimal = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let decimal = bytes.map { "\($0)" }
    return [
      String(decoding: bytes, as: UTF8.self), base64URL, base64, hexadecimal,
      hexadecimal.uppercased(), decimal.joined(separator: ", "), decimal.joined(separator: ","),
    ]
  }

  /// The words of 32 and 64 bits that may hold the bytes, in decimal and in either order.
  private static func words(of bytes: [UInt8]) -> [String] {
    stride(from: 0, through: bytes.count - 8, by: 8).flatMap { start -> [String] in
      let word = bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let halves = [UInt32(truncatingIfNeeded: word >> 32), UInt32(truncatingIfNeeded: word)]
      return ["\(word)", "\(word.byteSwapped)"] + halves.flatMap { ["\($0)", "\($0.byteSwapped)"] }
    }
  }
}
