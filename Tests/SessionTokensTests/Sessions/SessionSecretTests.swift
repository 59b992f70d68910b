// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// The 32 bytes of a session.
@Suite struct SessionSecretTests {
  static let bytes = [UInt8](0xc0...0xdf)
  static let text = "wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t8"

  @Test func `32 bytes are accepted and returned`() throws {
    #expect(try #require(SessionSecret(bytes: Self.bytes)).bytes == Self.bytes)
    #expect(try #require(SessionSecret(bytes: Self.bytes.lazy.map { $0 })).bytes == Self.bytes)
  }

  @Test(arguments: [0, 1, 16, 31, 33, 64])
  func `any other number of bytes is refused`(_ count: Int) {
    #expect(SessionSecret(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test func `a secret is drawn as four numbers, most significant byte first`() {
    var (source, same) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
    let secret = SessionSecret(using: &source)
    #expect(secret.bytes == same.bytes(count: 32))
    #expect(source.next() == same.next())
  }

  @Test(arguments: 0..<32)
  func `a change of one bit in any byte gives another secret`(_ index: Int) throws {
    var bytes = Self.bytes
    let secret = try #require(SessionSecret(bytes: bytes))
    #expect(try secret.isSame(as: #require(SessionSecret(bytes: bytes))))
    bytes[index] ^= 1
    #expect(try !secret.isSame(as: #require(SessionSecret(bytes: bytes))))
  }

  @Test func `a secret's code is HMAC-SHA256 under the 32 bytes`() throws {
    let secret = try #require(SessionSecret(bytes: Self.bytes))
    #expect(
      secret.hmac.authenticationCode(for: "message".utf8)
        == HMACSHA256(key: Self.bytes).authenticationCode(for: "message".utf8))
  }

  @Test func `a secret is encoded as 43 digits of base64url`() throws {
    let json = try JSONEncoder().encode([#require(SessionSecret(bytes: Self.bytes))])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(Self.text)\"]")
    let decoded = try JSONDecoder().decode([SessionSecret].self, from: json)
    #expect(decoded.map(\.bytes) == [Self.bytes])
  }

  @Test(arguments: [
    "", "AAAA", String(text.dropLast()), text + "A", text + "=", "+" + text.dropFirst(),
    String(text.dropLast()) + "9",  // unused bits that are not zero
  ])
  func `any other text is refused, and the error doesn't quote it`(_ text: String) throws {
    let json = try JSONEncoder().encode([text])
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode([SessionSecret].self, from: json)
    }
    #expect(text.utf8.count < 8 || !"\(error)".contains(text))
  }
}
