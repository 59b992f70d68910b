import SessionTokens
import Testing

/// Reading the body of a token endpoint, perhaps somebody else's.
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
  func `a body is read whatever else it holds`(_ body: String) throws {
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

  @Test(
    arguments: ["access_token", "token_type", "expires_in"], [nil, "null"])
  func `all others must be there`(_ name: String, _ json: String?) {
    #expect(throws: TokenError.oneClaim(name, .missing)) {
      try Self.parse(Self.body((name, json)))
    }
  }

  @Test(
    arguments: ["access_token", "refresh_token"],
    [
      "1", "true", "[]", "{}", #""""#, #""a b\n""#, #""\u0000""#, #""\u001f""#, #""\u007f""#,
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
    "1", "null ,\"x\":1", #""""#, #""MAC""#, #""Bearer ""#, #""Bearers""#, #""Beare""#,
    #""bearer\u0000""#, "[\"Bearer\"]", #""Ｂearer""#, #""DPoP""#, #""\u0022earer""#,
  ])
  func `a token type is Bearer`(_ json: String) {
    let problem: ClaimFailure.Problem = json.hasPrefix("null") ? .missing : .malformed
    #expect(throws: TokenError.oneClaim("token_type", problem)) {
      try Self.parse(Self.body(("token_type", json)))
    }
  }

  @Test(
    arguments: ["expires_in", "refresh_token_expires_in"],
    [("0", 0), ("-0", 0), ("0.9", 0), ("253402300799", 253_402_300_799), ("1e1", 10)]
      as [(String, Int64)])
  func `a lifetime is a number of seconds, its fraction dropped`(
    _ name: String, _ lifetime: (json: String, seconds: Int64)
  ) throws {
    let response = try Self.parse(Self.body((name, lifetime.json)))
    #expect(
      (name == "expires_in" ? response.expiresIn : response.refreshTokenExpiresIn)
        == .seconds(lifetime.seconds))
  }

  @Test(
    arguments: ["expires_in", "refresh_token_expires_in"],
    [
      "-1", "-0.5", "-900", "253402300800", "1e300", "9223372036854775808", "-1e300", "true",
      #""900""#, "[900]", "{}", "9223372036854775807",
    ])
  func `a lifetime outside its range or of another kind is malformed`(
    _ name: String, _ json: String
  ) {
    #expect(throws: TokenError.oneClaim(name, .malformed)) {
      try Self.parse(Self.body((name, json)))
    }
  }
}
