// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Keys as RFC 2104 defines them, and the validity of codes.
@Suite struct HMACKeyTests {
  private let message = Array("message".utf8)

  private func code(_ key: [UInt8]) -> [UInt8] {
    HMACSHA256(key: key).authenticationCode(for: message)
  }

  @Test(arguments: [0, 1, 31, 32, 33, 62, 63])
  func `a key padded with zeros up to a block is the same key`(_ count: Int) {
    let key = [UInt8](1...64).prefix(count)
    for padded in (count + 1)...64 {
      let other = Array(key) + [UInt8](repeating: 0, count: padded - count)
      #expect(code(other) == code(Array(key)))
      #expect(HMACSHA256(key: other).isSameKey(as: HMACSHA256(key: key)))
    }
  }

  @Test func `a key longer than a block is the same as its hash`() {
    for count in [65, 96, 128, 200] {
      let key = (0..<count).map { UInt8($0) }
      let hash = [UInt8](key.withSpan { SHA256.digest(of: $0) })
      #expect(code(key) == code(hash))
      #expect(HMACSHA256(key: key).isSameKey(as: HMACSHA256(key: hash)))
    }
  }

  @Test func `a key of a whole block is neither hashed nor cut`() {
    let key = [UInt8](0..<64)
    let hash = [UInt8](key.withSpan { SHA256.digest(of: $0) })
    #expect(code(key) != code(hash))
    #expect(code(key) != code(Array(key.dropLast())))
    #expect(code(key + [0]) != code(key))
    #expect(!HMACSHA256(key: key + [0]).isSameKey(as: HMACSHA256(key: key)))
  }

  @Test func `a key of 65 bytes has the code that Python computes`() {
    let code = HMACSHA256(key: [UInt8](0..<65)).authenticationCode(for: Array("m".utf8))
    #expect(code.prefix(8).elementsEqual([0xa1, 0x30, 0xe0, 0x7d, 0xc9, 0xe4, 0xe7, 0x25]))
  }

  @Test func `keys that differ in one bit are different keys`() {
    let key = [UInt8](0..<32)
    for bit in 0..<256 {
      var other = key
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!HMACSHA256(key: other).isSameKey(as: HMACSHA256(key: key)))
      #expect(code(other) != code(key))
    }
  }

  @Test func `a code has 32 bytes whatever the message`() {
    for count in [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000] {
      let message = [UInt8](repeating: 0x61, count: count)
      #expect(HMACSHA256(key: [1]).authenticationCode(for: message).count == 32)
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 119, 120, 127, 128, 129, 500])
  func `a key prepared for a first block computes the same codes`(_ count: Int) {
    let plain = HMACSHA256(key: [7, 7, 7])
    let block = [UInt8](0..<64)
    let ready = block.withSpan { plain.prepared(forBlock: $0) }
    let expected = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(ready.authenticationCode(for: expected) == plain.authenticationCode(for: expected))
    for place in stride(from: 0, to: count, by: 9) {
      var other = expected
      other[place] ^= 0x80
      #expect(ready.authenticationCode(for: other) == plain.authenticationCode(for: other))
      #expect(ready.authenticationCode(for: other) != ready.authenticationCode(for: expected))
    }
    #expect(ready.isSameKey(as: plain))
  }

  @Test func `a code of a length other than 32 bytes is invalid`() {
    let hmac = HMACSHA256(key: [1, 2, 3])
    let code = hmac.authenticationCode(for: message)
    #expect(hmac.isValidAuthenticationCode(code, for: message))
    for count in 0..<32 {
      #expect(!hmac.isValidAuthenticationCode(code.prefix(count), for: message))
    }
    #expect(!hmac.isValidAuthenticationCode(code + [0], for: message))
    #expect(!hmac.isValidAuthenticationCode(code + code, for: message))
  }

  @Test func `a code with any one bit changed is invalid`() {
    let hmac = HMACSHA256(key: [1, 2, 3])
    let code = hmac.authenticationCode(for: message)
    for bit in 0..<256 {
      var other = code
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!hmac.isValidAuthenticationCode(other, for: message), "bit \(bit)")
    }
  }

  @Test func `a code of another message or key is invalid`() {
    let code = HMACSHA256(key: [1]).authenticationCode(for: message)
    #expect(!HMACSHA256(key: [1]).isValidAuthenticationCode(code, for: message.dropLast()))
    #expect(!HMACSHA256(key: [2]).isValidAuthenticationCode(code, for: message))
  }

  @Test func `a message and a code may be any collection of bytes`() {
    let hmac = HMACSHA256(key: [3, 2, 1].reversed() as ReversedCollection<[UInt8]>)
    let code = hmac.authenticationCode(for: message.reversed().reversed() as [UInt8])
    #expect(code == HMACSHA256(key: [1, 2, 3]).authenticationCode(for: "message".utf8))
    #expect(hmac.isValidAuthenticationCode(code.lazy.map { $0 }, for: message.lazy.map { $0 }))
  }

  @Test(arguments: 0..<UInt32(32))
  func `the differing bits of two codes are found, and never cancel out`(_ bit: UInt32) {
    let code = SIMD8<UInt32>(1, 2, 3, 4, 5, 6, 7, 8)
    #expect(differingBits(code, code) == 0)
    for lane in 0..<8 {
      var other = code
      other[lane] ^= 1 << bit
      #expect(differingBits(code, other) == 1 << bit)
      other[(lane + 1) % 8] ^= 1 << bit
      #expect(differingBits(code, other) == 1 << bit, "two differences must not cancel out")
    }
  }
}
