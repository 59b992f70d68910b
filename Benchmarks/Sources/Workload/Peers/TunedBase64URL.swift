// SPDX-License-Identifier: Apache-2.0

#if Peers
  import Foundation

  /// Base64url by tables, for the tuned peer.
  enum TunedBase64URL {
    static let stop = UInt8(ascii: ".")

    private static let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
      var values = [UInt8](repeating: 0xff, count: 256)
      for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
      return values
    }()

    /// Appends the digits of bytes.
    static func append(_ bytes: some RandomAccessCollection<UInt8>, to digits: inout [UInt8]) {
      alphabet.withUnsafeBufferPointer { alphabet in
        var pending: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
          pending = pending &<< 8 | UInt32(byte)
          bitCount &+= 8
          while bitCount >= 6 {
            bitCount &-= 6
            digits.append(alphabet[Int(pending &>> bitCount & 0x3f)])
          }
        }
        if bitCount > 0 { digits.append(alphabet[Int(pending &<< (6 &- bitCount) & 0x3f)]) }
      }
    }

    /// The bytes of digits.
    static func decode(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Data? {
      var data = Data(count: digits.count * 3 / 4)
      var invalid: UInt8 = 0
      data.withUnsafeMutableBytes { (output: UnsafeMutableRawBufferPointer) in
        values.withUnsafeBufferPointer { values in
          var pending: UInt32 = 0
          var bitCount: UInt32 = 0
          var index = 0
          for digit in digits {
            let value = values[Int(digit)]
            invalid |= value
            pending = pending &<< 6 | UInt32(value & 0x3f)
            bitCount &+= 6
            if bitCount >= 8 {
              bitCount &-= 8
              output[index] = UInt8(truncatingIfNeeded: pending &>> bitCount)
              index &+= 1
            }
          }
        }
      }
      return invalid > 0x3f ? nil : data
    }
  }
#endif
