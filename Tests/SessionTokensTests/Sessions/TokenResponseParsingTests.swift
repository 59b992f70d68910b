// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// Reading the body of a token endpoint, possibly that of another server.
@Suite struct TokenResponseParsingTests {
  /// A body of members by name; `nil` leaves one out.
  static func body(_ changes: (String, String?)...) -> String {
    var members: [(String, String?)] = [
      ("access_token", #""a.b.c""#), ("token_type", #""Bearer""#), ("expires_in", "900"),
      ("refresh_token", #""d.e.f""#), ("refresh_token_expires_in", "2592000"),
    ]
    for (name, json) in changes {
      if let index = members.firstIndex(where: { $0.0 == name }) {
        members[index].1 = json
      } else {
        members.append((name, json))
      }
    }
    let texts = members.compactMap { name, json in json.map { "\"\(name)\":\($0)" } }
    return "{" + texts.joined(separator: ",") + "}"
  }

  static func parse(_ body: String) throws(TokenError) -> TokenResponse {
    try TokenResponse(parsing: body.utf8)
  }

  @Test(arguments: [
    body(), body(("token_type", #""bearer""#)), body(("token_type", #""BEARER""#)),
    body(("token_type", #""bEaReR""#)), body(("token_type", #""\u0042earer""#)),
    body(("expires_in", "900.0")), body(("expires_in", "900.999")), body(("expires_in", "9e2")),
    body(("scope", #""all""#), ("x", "[{}]"), ("Access_token", "1")),
    body(("access_token", #""a\u002eb.c""#)), " \n\t" + body() + "\r\n ",
  ])
  func `a body is read whatever other members it has`(_ body: String) throws {
    let response = try Self.parse(body)
    #expect(response.accessToken == "a.b.c")
    #expect(response.expiresIn == .seconds(900))
    #expect(response.refreshToken == "d.e.f")
    #expect(response.refreshTokenExpiresIn == .seconds(2_592_000))
  }

  @Test(arguments: [nil, "null"])
  func `a refresh token and its lifetime may be absent or null`(_ json: String?) throws {
    let response = try Self.parse(
      Self.body(("refresh_token", json), ("refresh_token_expires_in", json)))
    #expect(response.accessToken == "a.b.c")
    #expect(response.refreshToken == nil)
    #expect(response.refreshTokenExpiresIn == nil)
  }

  @Test(arguments: [nil, "null"])
  func `an absent access token is refused`(_ json: String?) {
    #expect(throws: TokenError.oneClaim("access_token", .missing)) {
      try Self.parse(Self.body(("access_token", json)))
    }
  }

  @Test(arguments: ["{}", "{ }", " {\r\n\t} "])
  func `an object without members lacks the access token`(_ body: String) {
    #expect(throws: TokenError.oneClaim("access_token", .missing)) { try Self.parse(body) }
  }

  @Test func `whitespace is accepted between all members`() throws {
    let pieces = [
      "{", #""access_token""#, ":", #""a.b.c""#, ",", #""x""#, ":", "[", "1", ",", "{", #""y""#,
      ":", "[", "]", "}", "]", ",", #""expires_in""#, ":", "900", ",", #""refresh_token""#, ":",
      "null", "}",
    ]
    for space in [" ", "\t", "\r\n", " \n "] {
      let response = try Self.parse(pieces.joined(separator: space))
      #expect(response.accessToken == "a.b.c")
      #expect(response.expiresIn == .seconds(900))
      #expect(response.refreshToken == nil)
    }
  }

  @Test func `an empty refresh token is absent, an empty access token malformed`() throws {
    let response = try Self.parse(Self.body(("refresh_token", #""""#)))
    #expect(response.refreshToken == nil)
    #expect(response.refreshTokenExpiresIn == .seconds(2_592_000))
    #expect(throws: TokenError.oneClaim("access_token", .malformed)) {
      try Self.parse(Self.body(("access_token", #""""#)))
    }
  }

  @Test(
    arguments: ["access_token", "refresh_token"],
    [
      "1", "true", "[]", "{}", "[\"a\"]", "1e400", #""a b\n""#, #""\ud800""#, #""a\udc00b""#,
      #""\u0000""#, #""\u001f""#, #""\u007f""#,
      #""é""#, #""a\u00e9""#, #""a.b.😀""#,
    ])
  func `a token is printable ASCII`(_ name: String, _ json: String) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) {
      try Self.parse(Self.body((name, json)))
    }
  }

  @Test(arguments: ["access_token", "refresh_token"])
  func `a token has 1 to 16384 characters`(_ name: String) throws {
    let longest = String(repeating: "~", count: 16_384)
    for token in ["!", " ", longest] {
      let response = try Self.parse(Self.body((name, "\"\(token)\"")))
      #expect((name == "access_token" ? response.accessToken : response.refreshToken) == token)
    }
    #expect(throws: TokenError.oneClaim(name, .malformed)) {
      try Self.parse(Self.body((name, "\"\(longest)~\"")))
    }
  }

  @Test(arguments: [
    "1", "true", "{}", #""""#, #""MAC""#, #""\ud800""#, #""bearer\ud800""#, #""Bearer ""#,
    #""Bearers""#, #""Beare""#,
    #""bearer\u0000""#, "[\"Bearer\"]", #""Ｂearer""#, #""DPoP""#, #""\u0022earer""#,
  ])
  func `another token type than Bearer is refused`(_ json: String) {
    #expect(throws: TokenError.oneClaim("token_type", .malformed)) {
      try Self.parse(Self.body(("token_type", json)))
    }
  }

  @Test(arguments: [nil, "null"])
  func `no token type means Bearer`(_ json: String?) throws {
    #expect(try Self.parse(Self.body(("token_type", json))) == Self.parse(Self.body()))
  }

  /// The lifetime in a member; `nil` for one that can't be read.
  static let lifetimes: [(json: String, seconds: Int64?)] = [
    ("0", 0), ("-0", 0), ("1", 1), ("0.9", 0), ("900.999", 900), ("1e1", 10), ("9.99e2", 999),
    ("1E+2", 100), ("5e-1", 0), ("0.99999999999999999999", 0), ("1.99999999999999999999", 1),
    ("-1", 0), ("-0.5", 0), ("-900", 0), ("-1e300", 0), ("-1e400", 0),
    ("-9223372036854775808", 0), ("-9223372036854775809", 0),
    ("253402300799", 253_402_300_799), ("253402300799.9", 253_402_300_799),
    ("253402300800", 253_402_300_799), ("9223372036854775807", 253_402_300_799),
    ("9223372036854775808", 253_402_300_799), ("1e300", 253_402_300_799),
    ("1e400", 253_402_300_799), ("1e999999999999999999999", 253_402_300_799),
    (#""0""#, 0), (#""3600""#, 3_600), (#""0003600""#, 3_600), (#""\u0033600""#, 3_600),
    (#""253402300800""#, 253_402_300_799),
    (#""99999999999999999999999999999999""#, 253_402_300_799),
    (#""""#, nil), (#"" 900""#, nil), (#""900 ""#, nil), (#""-1""#, nil), (#""+900""#, nil),
    (#""900.5""#, nil), (#""9e2""#, nil), (#""900s""#, nil), (#""PT15M""#, nil),
    (#""\ud800""#, nil),
    (#""٩""#, nil), (#""0x10""#, nil), (#""900\u0000""#, nil),
    ("true", nil), ("false", nil), ("null", nil), ("[900]", nil), ("{}", nil), ("[]", nil),
    (#"{"a":1,"a":2}"#, nil),
  ]

  @Test(arguments: lifetimes)
  func `a lifetime is read from a number, or from a string of digits`(
    _ json: String, _ seconds: Int64?
  ) throws {
    let response = try Self.parse(
      Self.body(("expires_in", json), ("refresh_token_expires_in", json)))
    #expect(response.expiresIn == .seconds(seconds ?? 300))
    #expect(response.refreshTokenExpiresIn == seconds.map { .seconds($0) })
    #expect(response.refreshToken == "d.e.f")
  }

  @Test func `an absent lifetime of the access token counts as 300 seconds`() throws {
    #expect(try Self.parse(Self.body(("expires_in", nil))).expiresIn == .seconds(300))
  }
}
