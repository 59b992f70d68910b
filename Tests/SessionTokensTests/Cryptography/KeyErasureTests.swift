// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// What is kept of a key is overwritten.
///
/// That a key's release calls it is looked for in the machine code, by `.ci/targets`: memory
/// that was released cannot be read in a test without relying on the allocator.
@Suite struct KeyErasureTests {
  @Test func `every byte is overwritten, and no other`() {
    var bytes = [UInt8](repeating: 0xff, count: 67)
    unsafe bytes.withUnsafeMutableBytes {
      unsafe erase(UnsafeMutableRawBufferPointer(rebasing: $0[1..<66]))
    }
    #expect(bytes == [0xff] + [UInt8](repeating: 0, count: 65) + [0xff])
  }

  @Test(arguments: [0, 63, 64, 65, 200])
  func `nothing of a key is left, also of one made ready for a first block`(_ count: Int) {
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

  @Test func `a key outlives the copies of it`() throws {
    var copy: SigningKey? = try .random(id: "k")
    guard let key = copy else { return }
    let code = key.hmac.authenticationCode(for: [1])
    copy = nil
    #expect(key.hmac.authenticationCode(for: [1]) == code)
  }
}
