import Testing

@testable import SessionTokens

/// Status × body → tokens, "no, for good", or "not now".
@Suite struct RefreshAnswerTests {
  private static let response = TokenResponse.numbered(2)
  private static let unavailable = RefreshAnswer.unavailable(retryAfter: nil)

  /// Statuses of all classes but 200 and 400.
  static let otherStatuses = [
    Int.min, -1, 0, 100, 199, 201, 202, 203, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 399,
    401, 403, 404, 408, 410, 413, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 511, 599,
    600, 2_00_0, 4_00_0, Int.max,
  ]

  private static func answer(_ status: Int, _ body: String) -> RefreshAnswer {
    RefreshAnswer(status: status, body: body.utf8)
  }

  static let responses: [TokenResponse] = [
    .numbered(2), .numbered(2, lifetime: 0), .numbered(2, hasRefreshToken: false),
  ]

  @Test(arguments: responses)
  func `200 with a body of tokens is new tokens`(_ response: TokenResponse) {
    #expect(Self.answer(200, response.json) == .tokens(response))
  }

  @Test(arguments: otherStatuses + [400])
  func `a body of tokens under another status is none`(_ status: Int) {
    #expect(Self.answer(status, Self.response.json) == Self.unavailable)
  }

  @Test func `a body cut at any byte, or with more behind it, is none`() {
    let bytes = Array(Self.response.json.utf8)
    for count in bytes.indices {
      #expect(RefreshAnswer(status: 200, body: bytes.prefix(count)) == Self.unavailable)
    }
    #expect(Self.answer(200, Self.response.json + "}") == Self.unavailable)
  }

  @Test(arguments: [
    "", " ", "<!DOCTYPE html><html><body>Sign in to this network</body></html>", "OK", "null",
    "[]", "{}", "\"access\"", "{\"error\":\"invalid_grant\",\"refusal\":\"revoked\"}",
    "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"a\",\"token_type\":\"MAC\",\"expires_in\":900}",
    "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"expires_in\":900}",
  ])
  func `200 with another body is not now`(_ body: String) {
    #expect(Self.answer(200, body) == Self.unavailable)
  }

  @Test(arguments: [200, 400])
  func `a body of more than 64 KiB is none, whatever it says`(_ status: Int) {
    let json = status == 200 ? Self.response.json : Refusal.expired.json
    let largest = json + String(repeating: " ", count: 65_536 - json.utf8.count)
    #expect(Self.answer(status, largest) != Self.unavailable)
    #expect(Self.answer(status, largest + " ") == Self.unavailable)
    let megabyte = json + String(repeating: " ", count: 1 << 20)
    #expect(Self.answer(status, megabyte) == Self.unavailable)
  }

  static let definitive: [Refusal] = [
    .malformed, .badSignature, .wrongToken(field: "iss"), .unknownSession, .bindingMismatch,
    .revoked(.signedOut), .revoked(.administrator), .windowClosed(by: .absolute),
    .windowClosed(by: .idle), .superseded, .retiredKey, .reuseDetected(behind: 3, age: .seconds(9)),
    .expired,
    .signedInBefore,
  ]

  @Test(arguments: definitive)
  func `400 with a definitive refusal is no, for good`(_ refusal: Refusal) {
    #expect(refusal.statusCode == 400)
    #expect(Self.answer(400, refusal.json) == .refused(refusal.code))
    let bytes = Array(refusal.json.utf8)
    for count in bytes.indices {
      #expect(RefreshAnswer(status: 400, body: bytes.prefix(count)) == Self.unavailable)
    }
  }

  @Test(arguments: otherStatuses + [200], definitive)
  func `a refusal under another status is not now`(_ status: Int, _ refusal: Refusal) {
    #expect(Self.answer(status, refusal.json) == Self.unavailable)
  }

  static let others: [Refusal] = [.clockSkew, .unknownKey, .unusableClaims]

  @Test(arguments: others)
  func `a refusal that is the server's trouble is not now, under any status`(_ refusal: Refusal) {
    #expect(refusal.statusCode == 503)
    for status in [400, 503] { #expect(Self.answer(status, refusal.json) == Self.unavailable) }
    let asGrant = "{\"error\":\"invalid_grant\",\"refusal\":\"\(refusal.code.rawValue)\"}"
    #expect(Self.answer(400, asGrant) == Self.unavailable)
  }

  @Test(arguments: [
    "", "<html>400 Bad Request</html>", "{}", "[]", "null", "\"revoked\"",
    "{\"error\":\"invalid_grant\"}", "{\"refusal\":\"revoked\"}",
    "{\"error\":\"invalid_grant\",\"refusal\":null}",
    "{\"error\":\"invalid_grant\",\"refusal\":1}",
    "{\"error\":\"invalid_grant\",\"refusal\":[\"revoked\"]}",
    "{\"error\":\"invalid_grant\",\"Refusal\":\"revoked\"}",
    "{\"error\":\"invalid_grant\",\"error_description\":\"revoked\"}",
    "{\"error\":\"invalid_request\",\"refusal\":\"revoked\"}",
    "{\"error\":\"temporarily_unavailable\",\"refusal\":\"revoked\"}",
    "{\"error\":\"invalid_grant \",\"refusal\":\"revoked\"}",
    "{\"error\":null,\"refusal\":\"revoked\"}", "{\"error\":1,\"refusal\":\"revoked\"}",
    "{\"error\":\"invalid_grant\",\"error\":\"invalid_grant\",\"refusal\":\"revoked\"}",
    "{\"error\":\"invalid_grant\",\"refusal\":\"superseded\",\"refusal\":\"revoked\"}",
    "[{\"error\":\"invalid_grant\",\"refusal\":\"revoked\"}]",
  ])
  func `400 with anything less is not now`(_ body: String) {
    #expect(Self.answer(400, body) == Self.unavailable)
  }

  @Test func `400 with a code of a newer server is no, for good`() {
    let code = Refusal.Code(rawValue: "from_a_newer_server")
    #expect(
      Self.answer(400, "{\"error\":\"invalid_grant\",\"refusal\":\"\(code.rawValue)\"}")
        == .refused(code))
  }

  @Test func `members that are not known do no harm`() {
    let body = "{\"trace\":[1,{}],\"refusal\":\"revoked\",\"error\":\"invalid_grant\"}"
    #expect(Self.answer(400, body) == .refused(.revoked))
  }
}
