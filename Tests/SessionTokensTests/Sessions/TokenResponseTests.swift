import Testing

@testable import SessionTokens

/// The body that is answered.
@Suite struct TokenResponseTests {
  static func response(
    access: String = "a.b.c", expiresIn: Int64 = 900, refresh: String? = "d.e.f",
    refreshExpiresIn: Int64? = 2_592_000
  ) -> TokenResponse {
    TokenResponse(
      accessToken: access, expiresIn: .seconds(expiresIn), refreshToken: refresh,
      refreshTokenExpiresIn: refreshExpiresIn.map { .seconds($0) })
  }

  static let samples = [
    response(), response(refresh: nil), response(refreshExpiresIn: nil),
    response(refresh: nil, refreshExpiresIn: nil), response(expiresIn: 0, refreshExpiresIn: 0),
    response(expiresIn: 253_402_300_799, refreshExpiresIn: 253_402_300_799),
    response(access: "!\"\\~/ }{", refresh: "\"\"\\\\"),
    response(
      access: String(repeating: "\"", count: 16_384),
      refresh: String(repeating: "\\", count: 16_384), refreshExpiresIn: nil),
  ]

  @Test func `the body is the text of RFC 6749, members in their order`() {
    #expect(
      Self.response().json == """
        {"access_token":"a.b.c","token_type":"Bearer","expires_in":900,\
        "refresh_token":"d.e.f","refresh_token_expires_in":2592000}
        """)
  }

  @Test func `what is not known is left out`() {
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

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6])
  func `a body that was written is read back`(_ index: Int) throws {
    let response = Self.samples[index]
    #expect(try TokenResponse(parsing: response.json.utf8) == response)
  }

  @Test func `the longest tokens and lifetimes have room in the text`() {
    let response = TokenResponse(
      accessToken: String(repeating: "\"", count: 16_384), expiresIn: .seconds(Int64.min),
      refreshToken: String(repeating: "\\", count: 16_384),
      refreshTokenExpiresIn: .seconds(Int64.min))
    #expect(response.json.utf8.count == 2 * 32_770 + 138)
    #expect(response.json.hasSuffix("-9223372036854775808}"))
  }

  @Test func `its fields name the type and forbid storing`() {
    let fields = TokenResponse.headerFields
    #expect(fields.map(\.name) == ["Content-Type", "Cache-Control"])
    #expect(fields.map(\.value) == ["application/json", "no-store"])
  }

  @Test func `two are equal when tokens and lifetimes are`() {
    for (index, a) in Self.samples.enumerated() {
      for (other, b) in Self.samples.enumerated() { #expect((a == b) == (index == other)) }
    }
    #expect(Self.response() != Self.response(expiresIn: 901))
    #expect(Self.response() != Self.response(refreshExpiresIn: 1))
    #expect(Set(Self.samples + Self.samples).count == Self.samples.count)
  }

  @Test func `its description tells the lifetime`() {
    #expect(Self.response().description == "TokenResponse(expiresIn: 900 s)")
  }
}
