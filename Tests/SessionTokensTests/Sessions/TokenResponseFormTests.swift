import SessionTokens
import Testing

/// Bodies that are not of the form at all, and bodies with more than one thing wrong.
@Suite struct TokenResponseFormTests {
  typealias Parsing = TokenResponseParsingTests

  @Test(arguments: [
    "", " ", "null", "[]", "1", #""Bearer""#, "true", "<!DOCTYPE html>", "{", "{}}",
    Parsing.body() + ",", Parsing.body() + Parsing.body(), Parsing.body(("x", "1e999")),
    Parsing.body(("x", "01")), Parsing.body(("x", "'1'")), "\u{feff}" + Parsing.body(),
    Parsing.body(("x", #""\ud800""#)), Parsing.body(("expires_in", "1e400")),
    Parsing.body(
      ("x", String(repeating: "[", count: 32) + String(repeating: "]", count: 32))),
  ])
  func `what is no JSON object is malformed`(_ body: String) {
    #expect(throws: TokenError.malformed(.json)) { try Parsing.parse(body) }
  }

  @Test func `bytes that are not UTF-8 are malformed`() {
    let body = Array(Parsing.body(("x", "\"\u{7f}\"")).utf8).map { $0 == 0x7f ? 0xff : $0 }
    #expect(throws: TokenError.malformed(.json)) { try TokenResponse(parsing: body) }
  }

  @Test(arguments: [
    #"{"access_token":"a","access_token":"a"}"#, #"{"access_token":"a","access\u005ftoken":"b"}"#,
    #"{"x":1,"x":2}"#, #"{"x":{"y":1,"y":1}}"#,
  ])
  func `a name that stands twice is refused as such`(_ body: String) {
    #expect(throws: TokenError.malformed(.duplicateName)) { try Parsing.parse(body) }
  }

  @Test func `64 KiB are taken and one byte more is not`() throws {
    let body = Parsing.body()
    let full = body + String(repeating: " ", count: 65_536 - body.utf8.count)
    #expect(try Parsing.parse(full) == Parsing.parse(body))
    #expect(throws: TokenError.malformed(.tooLarge)) { try Parsing.parse(full + " ") }
    #expect(throws: TokenError.malformed(.tooLarge)) {
      try TokenResponse(parsing: [UInt8](repeating: 0, count: 65_537))
    }
  }

  @Test func `everything that is wrong is reported, in the order of the members`() throws {
    let error = try #require(throws: TokenError.self) {
      try Parsing.parse(
        #"{"refresh_token_expires_in":-1,"refresh_token":1,"expires_in":"","token_type":"x"}"#)
    }
    guard case .invalidClaims(let failures) = error else { throw error }
    #expect(
      failures.map(\.claim) == [
        "access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in",
      ])
    #expect(
      failures.map(\.problem) == [.missing, .malformed, .malformed, .malformed, .malformed])
  }

  @Test func `names compare as bytes`() {
    let body = Parsing.body(
      ("access_token", nil), ("access_toke\u{4e}", #""a""#), ("access_token\u{301}", "1"))
    #expect(throws: TokenError.oneClaim("access_token", .missing)) { try Parsing.parse(body) }
  }

  @Test func `an error quotes no token`() throws {
    let error = try #require(throws: TokenError.self) {
      try Parsing.parse(Parsing.body(("expires_in", "-1"), ("refresh_token", #""sécret""#)))
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
}
