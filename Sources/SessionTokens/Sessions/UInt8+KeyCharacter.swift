extension UInt8 {
  /// True for an ASCII letter, a digit, `-` and `_`.
  var isKeyCharacter: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
