// SPDX-License-Identifier: Apache-2.0

extension UInt8 {
  /// True for an ASCII letter or digit.
  var isASCIILetterOrDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }
}
