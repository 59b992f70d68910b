// SPDX-License-Identifier: Apache-2.0

/// Comparison of media types by RFC 7515 §4.1.9.
enum MediaType {
  private static let prefix = "application/"

  /// Returns true when both name the same type in any ASCII case, with or without `application/`.
  ///
  /// `application/` may be omitted only when no other slash follows.
  static func isSame(_ a: String, _ b: String) -> Bool {
    a.hasSameBytes(as: b)
      || shortForm(a).elementsEqual(shortForm(b)) { $0.lowercased == $1.lowercased }
  }

  private static func shortForm(_ type: String) -> Substring.UTF8View {
    let bytes = type[...].utf8
    let rest = bytes.dropFirst(prefix.utf8.count)
    let isPrefixed = bytes.starts(with: prefix.utf8) { $0.lowercased == $1 }
    return isPrefixed && !rest.isEmpty && !rest.contains(UInt8(ascii: "/")) ? rest : bytes
  }
}

extension UInt8 {
  /// The byte, or its lowercase form if it is an ASCII capital letter.
  fileprivate var lowercased: UInt8 { 0x41...0x5a ~= self ? self | 0x20 : self }
}
