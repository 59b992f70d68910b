// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The body of a successful response.
@Suite struct TokenResponseTests {
  static func response(
    access: String = "a.b.c", expiresIn: Int64 = 900, refresh: String? = "d.e.f",
    refreshExpiresIn: Int64? = 2_592_000
  ) -> TokenResponse {
    .sample(
      access, expiresIn: .seconds(expiresIn), refreshToken: refresh,
      refreshTokenExpiresIn: refreshExpiresIn.map { .seconds($0) })
  }

  static let samples = [
    response(), response(refresh: nil), response(refreshExpiresIn: nil),
    response(refresh: nil, refreshExpiresIn: nil), response(expiresIn: 0, refreshExpiresIn: 0),
    response(expiresIn: 253_402_300_799, refreshExpiresIn: 253_402_300_799),
    response(access: "!\"\\~/ }{", refresh: "\"\"\\\\"),
    response(
      access: String(repeating: "~", count: 16_384), expiresIn: 253_402_300_799,
      refresh: String(repeating: "\\", count: 16_384), refreshExpiresIn: 253_402_300_799),
  ]

  @Test func `the body is the text of RFC 6749, members in their order`() {
    #expect(
      Self.response().json == """
        {"access_token":"a.b.c","token_type":"Bearer","expires_in":900,\
        "refresh_token":"d.e.f","refresh_token_expires_in":2592000}
        """)
  }

  @Test func `an absent member isn't written`() {
    #expect(
      Self.response(refresh: nil, refreshExpiresIn: nil).json
        == #"{"access_token":"a.b.c","token_type":"Bearer","expires_in":900}"#)
    #expect(
      Self.response(refreshExpiresIn: nil).json == """
        {"access_token":"a.b.c","token_type":"Bearer","expires_in":900,"refresh_token":"d.e.f"}
        """)
  }

  @Test func `quotation marks and backslashes in a token are escaped`() {
    #expect(
      Self.response(access: #"a"b\c"#, refresh: nil, refreshExpiresIn: nil).json
        == #"{"access_token":"a\"b\\c","token_type":"Bearer","expires_in":900}"#)
  }

  @Test(arguments: samples)
  func `a body that was written is read back`(_ response: TokenResponse) throws {
    #expect(try TokenResponse(parsing: response.json.utf8) == response)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `any body that can be created is read back`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    let response = try source.tokenResponse()
    #expect(try TokenResponse(parsing: response.json.utf8) == response)
    #expect(try JSONValue(parsing: response.json.utf8).object?.isEmpty == false)
  }

  @Test(
    arguments: [
      ("", 0, nil, nil, ["access_token"]), ("a\n", 0, nil, nil, ["access_token"]),
      ("a\u{7f}", 0, nil, nil, ["access_token"]), ("\u{e9}", 0, nil, nil, ["access_token"]),
      ("a", 0, "", nil, ["refresh_token"]), ("a", 0, "\0", nil, ["refresh_token"]),
      ("a", -1, nil, nil, ["expires_in"]), ("a", 253_402_300_800, nil, nil, ["expires_in"]),
      ("a", Int64.max, nil, nil, ["expires_in"]), ("a", Int64.min, nil, nil, ["expires_in"]),
      ("a", 0, nil, -1, ["refresh_token_expires_in"]),
      ("a", 0, nil, 253_402_300_800, ["refresh_token_expires_in"]),
      (
        "", -1, "", -1, ["access_token", "expires_in", "refresh_token", "refresh_token_expires_in"]
      ),
      (String(repeating: "a", count: 16_385), 0, nil, nil, ["access_token"]),
      ("a", 0, String(repeating: "a", count: 16_385), nil, ["refresh_token"]),
    ] as [(String, Int64, String?, Int64?, [String])])
  func `every member outside its range is named`(
    _ access: String, _ expiresIn: Int64, _ refresh: String?, _ refreshExpiresIn: Int64?,
    _ claims: [String]
  ) {
    let failures = claims.map { ClaimFailure(claim: $0, problem: .malformed) }
    #expect(throws: TokenError.invalidClaims(failures)) {
      try TokenResponse(
        accessToken: access, expiresIn: .seconds(expiresIn), refreshToken: refresh,
        refreshTokenExpiresIn: refreshExpiresIn.map { .seconds($0) })
    }
  }

  @Test(arguments: [Duration.milliseconds(1), .milliseconds(1_500), .seconds(1) + .nanoseconds(1)])
  func `a lifetime with a fraction of a second is refused`(_ lifetime: Duration) {
    #expect(throws: TokenError.oneClaim("expires_in", .malformed)) {
      try TokenResponse(
        accessToken: "a", expiresIn: lifetime, refreshToken: nil, refreshTokenExpiresIn: .zero)
    }
    #expect(throws: TokenError.oneClaim("refresh_token_expires_in", .malformed)) {
      try TokenResponse(
        accessToken: "a", expiresIn: .zero, refreshToken: nil, refreshTokenExpiresIn: lifetime)
    }
  }

  @Test func `a body of more than 64 KiB is refused when it is created`() throws {
    let escaped = String(repeating: "\"", count: 16_384)
    func body(_ refreshCount: Int) throws -> TokenResponse {
      let padding = String(repeating: "~", count: 16_384 - refreshCount)
      return try TokenResponse(
        accessToken: escaped, expiresIn: .seconds(253_402_300_799),
        refreshToken: padding + String(repeating: "\\", count: refreshCount),
        refreshTokenExpiresIn: .seconds(253_402_300_799))
    }
    // 122 bytes around two strings, of which the first takes 32,770.
    let largest = try body(16_384 - 126)
    #expect(largest.json.utf8.count == 65_536)
    #expect(try TokenResponse(parsing: largest.json.utf8) == largest)
    #expect(throws: TokenError.malformed(.tooLarge)) { try body(16_384 - 125) }
  }

  @Test func `a body that couldn't be written again is refused`() throws {
    let escaped = String(repeating: #"\""#, count: 16_384)
    func body(_ byteCount: Int) -> String {
      let refreshToken = String(repeating: "~", count: 4) + String(repeating: #"\""#, count: 16_360)
      let members = #"{"access_token":"\#(escaped)","refresh_token":"\#(refreshToken)"}"#
      return members + String(repeating: " ", count: byteCount - members.utf8.count)
    }
    // It lacks a type and a lifetime, which the package writes.
    #expect(throws: TokenError.malformed(.tooLarge)) {
      try TokenResponse(parsing: body(65_535).utf8)
    }
  }

  @Test func `a response's fields name the type and forbid storing`() {
    let fields = TokenResponse.headerFields
    #expect(fields.map(\.name) == ["Content-Type", "Cache-Control"])
    #expect(fields.map(\.value) == ["application/json", "no-store"])
  }

  @Test func `two responses are equal when tokens and lifetimes are`() {
    for (index, a) in Self.samples.enumerated() {
      for (other, b) in Self.samples.enumerated() { #expect((a == b) == (index == other)) }
    }
    #expect(Self.response() != Self.response(expiresIn: 901))
    #expect(Self.response() != Self.response(refreshExpiresIn: 1))
  }

  @Test func `a response's description has the lifetime`() {
    #expect(Self.response().description == "TokenResponse(expiresIn: 900 s)")
  }
}
