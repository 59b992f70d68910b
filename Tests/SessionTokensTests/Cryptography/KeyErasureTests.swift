// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The stored states of a key are overwritten.
///
/// `.ci/targets` looks for that call at a key's release, in the machine code: a test can't read
/// released memory without relying on the allocator.
@Suite struct KeyErasureTests {
  @Test func `every byte is overwritten, and no other`() {
    var bytes = [UInt8](repeating: 0xff, count: 67)
    unsafe bytes.withUnsafeMutableBytes {
      unsafe erase(UnsafeMutableRawBufferPointer(rebasing: $0[1..<66]))
    }
    #expect(bytes == [0xff] + [UInt8](repeating: 0, count: 65) + [0xff])
  }

  @Test(arguments: [0, 63, 64, 65, 200])
  func `nothing of a key is left, even if it was prepared for a first block`(_ count: Int) {
    let block = [UInt8](repeating: 0x41, count: 64)
    let message = [UInt8](repeating: 0x41, count: count)
    let codes = [UInt8](1...3).map { key in
      var hmac = block.withSpan { HMACSHA256(key: [key]).prepared(forBlock: $0) }
      hmac.erase()
      return hmac.authenticationCode(for: message)
    }
    #expect(Set(codes).count == 1)
    #expect(codes[0] != HMACSHA256(key: [1]).authenticationCode(for: message))
  }

  @Test func `a key outlives its copies`() throws {
    var copy: SigningKey? = try .random(id: "k")
    let key = try #require(copy)
    let code = key.hmac.authenticationCode(for: [1])
    copy = nil
    #expect(key.hmac.authenticationCode(for: [1]) == code)
  }
}
