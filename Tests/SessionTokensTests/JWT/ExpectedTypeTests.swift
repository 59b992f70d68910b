// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Media types: ASCII case is ignored, `application/` may be absent, and all else must match.
@Suite struct ExpectedTypeTests {
  private func decode(_ type: String?, as expected: JWT.ExpectedType) throws -> JWT {
    let parameter = type.map { ",\"typ\":\"\($0)\"" } ?? ""
    return try RawToken(header: "{\"alg\":\"HS256\",\"kid\":\"k\"\(parameter)}", payload: "{}")
      .decode(type: expected)
  }

  @Test(arguments: [
    ("at+jwt", "at+jwt"), ("AT+JWT", "at+jwt"), ("at+jwt", "AT+jwt"),
    ("application/at+jwt", "at+jwt"), ("at+jwt", "application/at+jwt"),
    ("APPLICATION/At+Jwt", "application/at+jwt"), ("AZ", "az"), ("text/plain", "text/plain"),
    ("application/", "application/"), ("application/a/b", "application/a/b"), ("", ""),
    ("\u{e9}", "\u{e9}"),
  ])
  func `the expected type is accepted in all its spellings`(
    _ type: String, _ expected: String
  ) throws {
    #expect(try decode(type, as: .exactly(expected)).type == type)
  }

  @Test(arguments: [
    ("rt+jwt", "at+jwt"), ("at+jwt ", "at+jwt"), ("at", "at+jwt"), ("at+jwt2", "at+jwt"),
    ("JWT", "at+jwt"), ("text/at+jwt", "at+jwt"), ("application/application/at+jwt", "at+jwt"),
    ("application/a/b", "a/b"), ("application/", ""), ("", "application/"), ("x", ""),
    ("e\u{301}", "\u{e9}"), ("\u{212a}", "k"), ("@t", "`t"), ("[t", "{t"), ("\u{c9}", "\u{e9}"),
  ])
  func `another type is refused`(_ type: String, _ expected: String) {
    #expect(throws: TokenError.wrongType(expected: expected)) {
      try decode(type, as: .exactly(expected))
    }
  }

  @Test func `an absent type is refused where one is expected`() {
    #expect(throws: TokenError.wrongType(expected: "at+jwt")) {
      try decode(nil, as: .exactly("at+jwt"))
    }
    #expect(throws: TokenError.wrongType(expected: "")) { try decode(nil, as: .exactly("")) }
  }

  @Test(arguments: ["JWT", "jwt", "application/jwt", nil] as [String?])
  func `JWT or none is accepted where JWT or none is expected`(_ type: String?) throws {
    #expect(try decode(type, as: .jwtOrAbsent).type == type)
  }

  @Test(arguments: ["", "at+jwt", "JWS", "application/", "JWT "])
  func `another type is refused where JWT or none is expected`(_ type: String) {
    #expect(throws: TokenError.wrongType(expected: "JWT")) { try decode(type, as: .jwtOrAbsent) }
  }

  @Test(arguments: ["JWT", "", "x", nil] as [String?])
  func `any type is accepted where the check is waived`(_ type: String?) throws {
    #expect(try decode(type, as: .notChecked).type == type)
  }
}
