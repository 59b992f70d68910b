/// Comparison of media types as RFC 7515 §4.1.9 writes them.
enum MediaType {
  /// True when both name one type: ASCII case does not count, and `application/` may be left out
  /// where no other slash follows.
  static func isSame(_ a: String, _ b: String) -> Bool {
    a.hasSameBytes(as: b) || shortForm(a) == shortForm(b)
  }

  private static func shortForm(_ type: String) -> [UInt8] {
    let prefix = "application/"
    let lowercase = type.utf8.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }
    let rest = lowercase.dropFirst(prefix.utf8.count)
    guard lowercase.starts(with: prefix.utf8), !rest.isEmpty, !rest.contains(UInt8(ascii: "/"))
    else {
      return lowercase
    }
    return Array(rest)
  }
}
