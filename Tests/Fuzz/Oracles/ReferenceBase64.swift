// SPDX-License-Identifier: Apache-2.0

/// A second opinion on base64: digits are looked up in the alphabet, bits are gathered one by one.
enum ReferenceBase64 {
  static let urlAlphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  static let standardAlphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The digits of each byte of `alphabet`; negative for other bytes.
  private static func values(_ alphabet: [UInt8]) -> [Int] {
    var values = [Int](repeating: -1, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = value }
    return values
  }

  private static let urlValues = values(urlAlphabet)
  private static let standardValues = values(standardAlphabet)

  /// Decodes canonical digits without padding; `nil` for anything else.
  static func decode(_ text: some Collection<UInt8>, isURL: Bool = true) -> [UInt8]? {
    let values = isURL ? urlValues : standardValues
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var bits = 0
    var bitCount = 0
    for digit in text {
      let value = values[Int(digit)]
      guard value >= 0 else { return nil }
      bits = bits << 6 | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(bits >> bitCount))
        bits &= (1 << bitCount) - 1
      }
    }
    return bitCount < 6 && bits == 0 ? bytes : nil
  }
}
