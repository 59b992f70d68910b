// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Bodies that aren't of the form at all, and bodies with more than one fault.
@Suite struct TokenResponseFormTests {
  typealias Parsing = TokenResponseParsingTests

  /// Arrays that nest `depth` levels deep.
  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  @Test(arguments: [
    "", " ", "null", "[]", "1", #""Bearer""#, "true", "<!DOCTYPE html>", "{", "{}}", "{,}", "{]",
    #"{"access_token"}"#, #"{"access_token":"a",}"#, #"{"access_token":"a" "x":1}"#, "{1:2}",
    Parsing.body() + ",", Parsing.body() + Parsing.body(),
    Parsing.body(("x", "01")), Parsing.body(("x", "'1'")), Parsing.body(("x", "-")),
    Parsing.body(("x", "1.")), Parsing.body(("x", "1e")), Parsing.body(("x", "NaN")),
    Parsing.body(("x", "tru")), Parsing.body(("x", "nul")), Parsing.body(("x", "False")),
    Parsing.body(("x", "")), Parsing.body(("x", "[1,]")), Parsing.body(("x", "[,1]")),
    Parsing.body(("x", "[1 2]")), Parsing.body(("x", "[1}")), Parsing.body(("x", "{]")),
    Parsing.body(("x", #"{"a":1,}"#)), Parsing.body(("x", #"{"a"}"#)), Parsing.body(("x", "{1:1}")),
    Parsing.body(("x", #"{"a":1]"#)), Parsing.body(("x", #"{"a":[1}]"#)),
    Parsing.body(("x", "[[1]")), Parsing.body(("x", "\"\n\"")), Parsing.body(("x", #""\x""#)),
    Parsing.body(("x", #""\ud80""#)), Parsing.body(("x", #""\ud800\u12""#)),
    Parsing.body(("x", #""\ud800\x""#)), Parsing.body(("x", #""\x1234""#)), #"{"x":"\ud800\"#,
    Parsing.body(("x", #""\"#)),
    "\u{feff}\u{feff}" + Parsing.body(), Parsing.body() + "\u{feff}", " \u{feff}" + Parsing.body(),
    "\u{feff}", Parsing.body(("x", nested(32))), Parsing.body(("expires_in", nested(32))),
    Parsing.body(("x", #"{"a":"# + nested(31) + "}")),
    Parsing.body(("x", String(repeating: "[", count: 60_000))),
  ])
  func `a body that isn't a JSON object is malformed`(_ body: String) {
    #expect(throws: TokenError.malformed(.json)) { try Parsing.parse(body) }
  }

  @Test func `only the three bytes of a byte order mark are skipped`() throws {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    _ = try TokenResponse(parsing: mark + Array(Parsing.body().utf8))
    for count in 0..<3 {
      #expect(throws: TokenError.malformed(.json)) {
        try TokenResponse(parsing: Array(mark.prefix(count)))
      }
      var other = mark
      other[count] ^= 1
      #expect(throws: TokenError.malformed(.json)) {
        try TokenResponse(parsing: other + Array(Parsing.body().utf8))
      }
    }
  }

  @Test(
    arguments: [
      [0xff], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
      [0xc3],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are malformed, wherever they are`(_ bytes: [UInt8]) {
    for member in [("x", "\"\u{7f}\""), ("\u{7f}", "1"), ("x", "[{\"\u{7f}\":1}]")] {
      let body = Array(Parsing.body(member).utf8).split(
        separator: 0x7f, omittingEmptySubsequences: false)
      #expect(body.count == 2)
      #expect(throws: TokenError.malformed(.json)) {
        try TokenResponse(parsing: Array(body.joined(separator: bytes)))
      }
    }
  }

  @Test(
    arguments: [
      "\u{feff}" + Parsing.body(), "\u{feff} \n" + Parsing.body(),
      Parsing.body(("x", "1"), ("x\u{301}", "2")), Parsing.body(("x", "1e400")),
      Parsing.body(("x", "-1e999")), Parsing.body(("x", "123456789012345678901234567890.5e77")),
      Parsing.body(("x", "[1e400]")), Parsing.body(("x", #"{"y":[-1e999]}"#)),
      Parsing.body(("x", #""\ud800""#)), Parsing.body(("x", #""\udc00\ud800""#)),
      Parsing.body(("x", #""\udc00\udc00""#)),
      Parsing.body(("x", #""a\ud800b\ud83d\ude00\udfff""#)), Parsing.body(("x", #"["\uDBFF"]"#)),
      Parsing.body((#"\ud800"#, "1")), Parsing.body((#"access_token\ud800"#, "1")),
      Parsing.body((#"access_token\udc00"#, #""b""#)), Parsing.body((#"\ud800access_token"#, "1")),
      Parsing.body(("x", #"{"y":1,"y":1}"#)), Parsing.body(("x", #"[{"y":{"z":1,"z":2}}]"#)),
      Parsing.body(("x", #"{"access_token":1,"access_token":2}"#)),
      Parsing.body(("x", #"{"\ud800":1,"\ud800":2}"#)),
      #"{"x":1,"x":2,"# + Parsing.body().dropFirst(),
      #"{"x":1,"\u0078":2,"# + Parsing.body().dropFirst(),
      Parsing.body(("x", nested(31))), Parsing.body(("x", #"{"a":"# + nested(30) + "}")),
      Parsing.body(("x", "[\(nested(30)),\(nested(30)),{}]")),
      Parsing.body(("x", "[ ]"), ("y", "{ }"), ("z", "[ { } , [ ] , null , true , false ]")),
      Parsing.body(("", "1"), ("a", #""\/\b\f\n\r\t\u0000""#)),
      Parsing.body(("accessToken", "1"), ("expiresIn", "[]"), ("Token_Type", #""MAC""#)),
    ] as [String])
  func `other members may have any JSON value`(_ body: String) throws {
    #expect(try Parsing.parse(body) == Parsing.parse(Parsing.body()))
  }

  @Test(arguments: TokenResponse.Member.all, ["1", "null", #""a""#])
  func `a member that is read, and appears twice, is refused as such`(
    _ name: String, _ json: String
  ) {
    for spelling in [name, name.replacing("_t", with: #"_\u0074"#), #"\u00"# + hex(name)] {
      let body = Parsing.body((name, json)).dropLast() + ",\"\(spelling)\":\(json)}"
      #expect(throws: TokenError.malformed(.duplicateName)) { try Parsing.parse(String(body)) }
    }
  }

  /// The two digits of the first character and the rest of the name.
  private func hex(_ name: String) -> String {
    String(name.utf8.first ?? 0, radix: 16) + name.dropFirst()
  }

  @Test func `64 KiB are accepted and one byte more is refused`() throws {
    let body = Parsing.body()
    let full = body + String(repeating: " ", count: 65_536 - body.utf8.count)
    #expect(try Parsing.parse(full) == Parsing.parse(body))
    #expect(throws: TokenError.malformed(.tooLarge)) { try Parsing.parse(full + " ") }
    #expect(throws: TokenError.malformed(.tooLarge)) { try Parsing.parse("\u{feff}" + full) }
    #expect(throws: TokenError.malformed(.tooLarge)) {
      try TokenResponse(parsing: [UInt8](repeating: 0, count: 65_537))
    }
  }

  @Test func `every failure is reported, in the order of the members`() throws {
    let error = try #require(throws: TokenError.self) {
      try Parsing.parse(
        #"{"refresh_token_expires_in":{},"refresh_token":1,"expires_in":"","token_type":"x"}"#)
    }
    guard case .invalidClaims(let failures) = error else { throw error }
    #expect(
      failures == [
        ClaimFailure(claim: "access_token", problem: .missing),
        ClaimFailure(claim: "token_type", problem: .malformed),
        ClaimFailure(claim: "refresh_token", problem: .malformed),
      ])
  }

  @Test func `names compare as bytes`() {
    let body = Parsing.body(
      ("access_token", nil), ("access_toke\u{4e}", #""a""#), ("access_token\u{301}", "1"))
    #expect(throws: TokenError.oneClaim("access_token", .missing)) { try Parsing.parse(body) }
  }

  @Test func `an error quotes no token`() throws {
    let error = try #require(throws: TokenError.self) {
      try Parsing.parse(Parsing.body(("token_type", #""cret""#), ("refresh_token", #""sécret""#)))
    }
    for text in Disclosure.texts(of: error) {
      #expect(!text.contains("a.b.c") && !text.contains("cret"))
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `no body traps, whatever its bytes`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    let original = Array(Parsing.body().utf8)
    var readCount = 0
    for _ in 0..<2_000 {
      var body = original
      for _ in 0..<Int.random(in: 1...3, using: &source) {
        let index = Int.random(in: 0..<body.count, using: &source)
        body[index] = .random(in: 0...255, using: &source)
        if Bool.random(using: &source) { body.removeSubrange(index..<min(body.count, index + 3)) }
      }
      guard let response = try? TokenResponse(parsing: body) else { continue }
      readCount += 1
      #expect(try TokenResponse(parsing: response.json.utf8) == response)
    }
    #expect(readCount > 0)
  }

  /// A text that strict readers accept is accepted with the same meaning: the grammar is the same.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `other members of any JSON value change nothing`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let foreign = source.object(depth: 3)
      var members: JSONObject = ["access_token": "a.b.c"]
      for member in foreign { members[member.name] = member.value }
      let text = JSONValue.object(members).serialized()
      guard text.count <= 65_536 else { continue }
      let response = try TokenResponse(parsing: text)
      #expect(response.accessToken == "a.b.c")
      #expect(response.refreshToken == nil)
      // Truncated anywhere, it isn't JSON to either reader.
      for count in [text.count / 3, text.count / 2, text.count - 1] {
        #expect(throws: TokenError.malformed(.json)) {
          try TokenResponse(parsing: text.prefix(count))
        }
      }
    }
  }

  /// Texts that both readers refuse are refused with the same error.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `the liberal reader accepts every text that the strict one accepts`(_ seed: UInt64) {
    var source = SeededGenerator(seed: seed)
    let alphabet = Array(#"{}[]:,"\ud8ct0-1.e "#.utf8)
    var taken = 0
    for _ in 0..<5_000 {
      let count = Int.random(in: 0...14, using: &source)
      let value = (0..<count).map { _ in alphabet.randomElement(using: &source) ?? 0 }
      let text = Array(#"{"x":"#.utf8) + value + [UInt8(ascii: "}")]
      guard (try? JSONValue(parsing: text)) != nil else { continue }
      taken += 1
      #expect(throws: TokenError.oneClaim("access_token", .missing)) {
        try TokenResponse(parsing: text)
      }
    }
    #expect(taken > 0)
  }
}
