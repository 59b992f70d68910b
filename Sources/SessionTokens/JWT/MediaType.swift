/// Comparison of media types as RFC 7515 §4.1.9 writes them.
enum MediaType {
  private static let prefix = "application/"

  /// True when both name one type: ASCII case does not count, and `application/` may be left out
  /// where no other slash follows.
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
  /// The byte, or its lowercase form where it is an ASCII capital.
  fileprivate var lowercased: UInt8 { 0x41...0x5a ~= self ? self | 0x20 : self }
}
