// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Status × body → tokens, refused, or unavailable:
/// ``RefreshAnswer/init(status:retryAfter:date:body:)``.
@Suite struct RefreshAnswerTests {
  private static let response = TokenResponse.numbered(2)

  static let successes = [200, 201, 202, 203, 204, 206, 226, 299]
  static let refusals = [400, 401, 403]
  /// Statuses of all other kinds.
  static let others = [
    Int.min, -1, 0, 100, 199, 300, 301, 302, 303, 304, 307, 308, 399, 402, 404, 405, 408, 409, 410,
    413, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 511, 599, 600, 2_00_0, 4_00_0,
    Int.max,
  ]

  private static func answer(_ status: Int, _ body: String) -> RefreshAnswer {
    RefreshAnswer(status: status, body: body.utf8)
  }

  private static func unavailable(_ code: String?) -> RefreshAnswer {
    .unavailable(retryAfter: nil, code: code.map { Refusal.Code(rawValue: $0) })
  }

  // MARK: Tokens

  static let responses: [TokenResponse] = [
    .numbered(2), .numbered(2, lifetime: 0), .numbered(2, hasRefreshToken: false),
  ]

  @Test(arguments: successes, responses)
  func `a body of tokens under a 2xx status is new tokens`(
    _ status: Int, _ response: TokenResponse
  ) {
    #expect(Self.answer(status, response.json) == .tokens(response))
  }

  @Test(arguments: others + refusals)
  func `tokens under a status other than 2xx are ignored`(_ status: Int) {
    #expect(Self.answer(status, Self.response.json) == Self.unavailable(nil))
  }

  /// Good answers of other servers, which have rotated when their answers arrive.
  @Test(arguments: [
    (#"{"access_token":"a","token_type":"bearer","expires_in":"3600","refresh_token":"b"}"#, 3_600),
    (#"{"access_token":"a","token_type":"Bearer","refresh_token":"b","scope":""}"#, 300),
    (#"{"access_token":"a","expires_in":3599.5,"refresh_token":"b"}"#, 3_599),
    ("\u{feff}" + #"{"access_token":"a","expires_in":60,"refresh_token":"b"}"#, 60),
    (#"{"access_token":"a","refresh_token":"b","expires_in":-1,"id_token":null}"#, 0),
    (#"{"name":"\ud800","access_token":"a","refresh_token":"b","big":1e400}"#, 300),
    (#"{"x":1,"x":2,"access_token":"a","refresh_token":"b","expires_in":1e99}"#, 253_402_300_799),
  ])
  func `a body of tokens of another server is new tokens`(_ body: String, _ expiresIn: Int64) {
    let response = TokenResponse.sample(
      "a", expiresIn: .seconds(expiresIn), refreshToken: "b", refreshTokenExpiresIn: nil)
    #expect(Self.answer(200, body) == .tokens(response))
    #expect(Self.answer(201, body) == .tokens(response))
  }

  @Test func `a truncated body, or one with trailing bytes, is unavailable`() {
    let bytes = Array(Self.response.json.utf8)
    for count in bytes.indices {
      #expect(RefreshAnswer(status: 200, body: bytes.prefix(count)) == Self.unavailable(nil))
    }
    #expect(Self.answer(200, Self.response.json + "}") == Self.unavailable(nil))
  }

  @Test(arguments: [
    ("", nil), (" ", nil), ("OK", nil), ("null", nil), ("[]", nil), ("{}", nil),
    ("\"access\"", nil),
    ("<!DOCTYPE html><html><body>Sign in to this network</body></html>", nil),
    ("{\"access_token\":\"a\",\"token_type\":\"MAC\",\"expires_in\":900}", nil),
    ("{\"access_token\":\"\",\"token_type\":\"Bearer\",\"expires_in\":900}", nil),
    ("{\"access_token\":\"a\",\"refresh_token\":1}", nil),
    ("{\"access_token\":\"a\",\"access_token\":\"b\"}", nil),
    ("{\"error\":\"invalid_grant\",\"refusal\":\"revoked\"}", "revoked"),
    ("{\"error\":\"invalid_grant\"}", "invalid_grant"),
    ("{\"error\":\"slow_down\",\"access_token\":\"\"}", "slow_down"),
  ])
  func `any other body under a 2xx status is unavailable`(_ body: String, _ code: String?) {
    for status in Self.successes { #expect(Self.answer(status, body) == Self.unavailable(code)) }
  }

  @Test(arguments: [200, 400])
  func `a body of more than 64 KiB is unavailable`(_ status: Int) {
    let json = status == 200 ? Self.response.json : Refusal.expired.json
    let largest = json + String(repeating: " ", count: 65_536 - json.utf8.count)
    let expected: RefreshAnswer = status == 200 ? .tokens(Self.response) : .refused(.expired)
    #expect(Self.answer(status, largest) == expected)
    #expect(Self.answer(status, largest + " ") == Self.unavailable(nil))
    let megabyte = json + String(repeating: " ", count: 1 << 20)
    #expect(Self.answer(status, megabyte) == Self.unavailable(nil))
  }

  // MARK: Refusals

  static let allRefusals: [Refusal] = [
    .malformed, .badSignature, .unknownKey, .wrongToken(field: "iss"), .unknownSession,
    .bindingMismatch, .revoked(.signedOut), .revoked(.administrator), .clockSkew,
    .windowClosed(by: .absolute), .windowClosed(by: .idle), .superseded, .retiredKey,
    .reuseDetected(behind: 3, age: .seconds(9)), .expired, .signedInBefore,
  ]

  @Test(arguments: refusals, allRefusals.filter { $0.isDefinitive })
  func `a definitive refusal is refused`(_ status: Int, _ refusal: Refusal) {
    #expect(refusal.statusCode == 400)
    #expect(Self.answer(status, refusal.json) == .refused(refusal.code))
    let bytes = Array(refusal.json.utf8)
    for count in bytes.indices {
      #expect(RefreshAnswer(status: status, body: bytes.prefix(count)) == Self.unavailable(nil))
    }
  }

  @Test(arguments: others + successes, allRefusals)
  func `a refusal under another status is unavailable`(_ status: Int, _ refusal: Refusal) {
    #expect(
      Self.answer(status, refusal.json) == .unavailable(retryAfter: nil, code: refusal.code))
  }

  @Test(arguments: refusals + others, [Refusal.clockSkew, .unknownKey])
  func `a temporary refusal is unavailable, under any status`(
    _ status: Int, _ refusal: Refusal
  ) {
    let notNow = RefreshAnswer.unavailable(retryAfter: nil, code: refusal.code)
    #expect(refusal.statusCode == 503)
    #expect(Self.answer(status, refusal.json) == notNow)
    let asGrant = "{\"error\":\"invalid_grant\",\"refusal\":\"\(refusal.code.rawValue)\"}"
    #expect(Self.answer(status, asGrant) == notNow)
  }

  static let longest = String(repeating: "a", count: 64)

  /// Bodies with `invalid_grant`, of a newer version of this package's server and of others.
  @Test(
    arguments: refusals,
    [
      (#"{"error":"invalid_grant"}"#, "invalid_grant"),
      (#"{"error":"invalid\u005fgrant","error_description":"no"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"a_code_of_tomorrow"}"#, "a_code_of_tomorrow"),
      (#"{"error":"invalid_grant","refusal":"Revoked"}"#, "Revoked"),
      (#"{"error":"invalid_grant","refusal":"clock_skew "}"#, "clock_skew "),
      (#"{"error":"invalid_grant","refusal":"invalid_grant"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":" !#[]~"}"#, " !#[]~"),
      (#"{"error":"invalid_grant","refusal":"a"}"#, "a"),
      (#"{"error":"invalid_grant","refusal":"\#(longest)"}"#, longest),
      (#"{"error":"invalid_grant","refusal":"\#(longest)a"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":""}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":null}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":1}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":["clock_skew"]}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":{"refusal":"clock_skew"}}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock\nskew"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock\"skew"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock\\skew"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock\u001fskew"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock\u007fskew"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"clock_skew\ud800"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","refusal":"revoqué"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","Refusal":"clock_skew"}"#, "invalid_grant"),
      ("\u{feff}" + #"{"error":"invalid_grant"}"#, "invalid_grant"),
      (#"{"error":"invalid_grant","error_description":"\udfff","x":1e400}"#, "invalid_grant"),
      (#"{"x":1,"x":1,"refusal":"revoked","error":"invalid_grant"}"#, "revoked"),
      (#"{"trace":[1,{}],"refusal":"revoked","error":"invalid_grant"}"#, "revoked"),
    ])
  func `an invalid grant is refused`(
    _ status: Int, _ row: (body: String, code: String)
  ) {
    #expect(Self.answer(status, row.body) == .refused(Refusal.Code(rawValue: row.code)))
    #expect(Self.answer(503, row.body) == Self.unavailable(row.code))
  }

  @Test(
    arguments: refusals,
    [
      ("", nil), ("<html>400 Bad Request</html>", nil), ("{}", nil), ("[]", nil), ("null", nil),
      ("\"invalid_grant\"", nil), (#"{"refusal":"revoked"}"#, "revoked"),
      (#"{"error":"invalid_request","refusal":"revoked"}"#, "revoked"),
      (#"{"error":"temporarily_unavailable","refusal":"revoked"}"#, "revoked"),
      (#"{"error":"invalid_client"}"#, "invalid_client"),
      (#"{"error":"Invalid_grant"}"#, "Invalid_grant"),
      (#"{"error":"invalid_grant "}"#, "invalid_grant "),
      (#"{"error":"invalid_grant\u0000"}"#, nil), (#"{"error":"invalid_grant\ud800"}"#, nil),
      (#"{"error":["invalid_grant"]}"#, nil), (#"{"error":null,"refusal":"revoked"}"#, "revoked"),
      (#"{"error":1,"refusal":"revoked"}"#, "revoked"), (#"{"error":"","refusal":""}"#, nil),
      (#"{"error":{"error":"invalid_grant"}}"#, nil), (#"{"error":"\#(longest)a"}"#, nil),
      (#"{"Error":"invalid_grant"}"#, nil), (#"{"error\ud800":"invalid_grant"}"#, nil),
      (#"{"error":"invalid_grant","error":"invalid_grant"}"#, nil),
      (#"{"error":"invalid_grant","refusal":"clock_skew","refusal":"revoked"}"#, nil),
      (#"{"error":"invalid_grant","refusal":null,"refusal":"revoked"}"#, nil),
      (#"[{"error":"invalid_grant"}]"#, nil), (#"{"error":"invalid_grant"}}"#, nil),
      (#"{"error":"invalid_grant"},"#, nil), (#"{error:"invalid_grant"}"#, nil),
    ])
  func `any other error is unavailable`(_ status: Int, _ row: (body: String, code: String?)) {
    #expect(Self.answer(status, row.body) == Self.unavailable(row.code))
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `no response traps, and no code is longer or of other characters`(_ seed: UInt64) {
    var source = SeededGenerator(seed: seed)
    let statuses = Self.successes + Self.refusals + [429, 503]
    var codes = 0
    for _ in 0..<2_000 {
      var body = Array(
        [Self.response.json, Refusal.revoked(.signedOut).json, #"{"error":"invalid_grant"}"#]
          .randomElement(using: &source)?.utf8 ?? "".utf8)
      for _ in 0..<source.below(4) where !body.isEmpty {
        let index = source.below(body.count)
        body[index] = .random(in: 0...255, using: &source)
        if Bool.random(using: &source) { body.removeSubrange(index..<min(body.count, index + 3)) }
      }
      let answer = RefreshAnswer(
        status: statuses.randomElement(using: &source) ?? 0, retryAfter: source.string(),
        date: source.string(), body: body)
      switch answer {
      case .refused(let code), .unavailable(_, let code?):
        codes += 1
        #expect(1...64 ~= code.rawValue.utf8.count)
        #expect(code.rawValue.utf8.allSatisfy { 0x20...0x7e ~= $0 && $0 != 0x22 && $0 != 0x5c })
      case .tokens, .unavailable: continue
      case .unreachable: Issue.record("there was a response")
      }
    }
    #expect(codes > 0)
  }
}
