// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// HMAC-SHA256 against NIST's CAVP vectors, RFC 4231 and Wycheproof.
@Suite struct HMACSHA256VectorTests {
  static let files = ["hmac_sha256_nist", "hmac_sha256_rfc4231", "hmac_sha256_wycheproof"]

  static func rows(where isWanted: (HMACVector) -> Bool) throws -> [HMACVector] {
    try files.flatMap { try VectorTable<HMACVector>.rows(of: $0) }.filter(isWanted)
  }

  @Test(arguments: try rows { $0.verdict != .invalid && $0.isWhole })
  func `a complete valid code is computed and accepted`(_ row: HMACVector) {
    let hmac = HMACSHA256(key: row.key.bytes)
    #expect(hmac.authenticationCode(for: row.message.bytes) == row.tag.bytes)
    #expect(hmac.isValidAuthenticationCode(row.tag.bytes, for: row.message.bytes))
  }

  /// RFC 2104 §5 allows truncated codes; RFC 7518 §3.2 doesn't, and neither does the library.
  @Test(arguments: try rows { $0.verdict != .invalid && !$0.isWhole })
  func `a truncated code is the start of the computed one and isn't accepted`(_ row: HMACVector) {
    let hmac = HMACSHA256(key: row.key.bytes)
    let code = hmac.authenticationCode(for: row.message.bytes)
    #expect(row.tag.bytes.count == row.tagByteCount)
    #expect(code.prefix(row.tagByteCount).elementsEqual(row.tag.bytes))
    #expect(!hmac.isValidAuthenticationCode(row.tag.bytes, for: row.message.bytes))
  }

  @Test(arguments: try rows { $0.verdict == .invalid })
  func `an invalid code is neither computed nor accepted`(_ row: HMACVector) {
    let hmac = HMACSHA256(key: row.key.bytes)
    let code = hmac.authenticationCode(for: row.message.bytes)
    #expect(!code.prefix(row.tagByteCount).elementsEqual(row.tag.bytes))
    #expect(!hmac.isValidAuthenticationCode(row.tag.bytes, for: row.message.bytes))
  }

  @Test func `every row of the three files is in one of the tests`() throws {
    #expect(try Self.rows { $0.verdict != .invalid && $0.isWhole }.count == 49)
    #expect(try Self.rows { $0.verdict != .invalid && !$0.isWhole }.count == 66)
    #expect(try Self.rows { $0.verdict == .invalid }.count == 54)
  }
}
