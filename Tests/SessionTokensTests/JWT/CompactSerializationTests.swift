// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The form of a token: sizes, parts and their digits, each checked before the next.
@Suite struct CompactSerializationTests {
  private let header = Base64URLBytes.text(RawToken.header.utf8)

  /// Decodes with every check waived, and reads without a key: a fault of the form must fail both.
  private func expectMalformed(
    _ token: String, _ malformation: TokenError.Malformation,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = TokenError.malformed(malformation)
    #expect(throws: error, sourceLocation: sourceLocation) {
      try JWT.decode(
        token, keys: RawToken.keys(), type: .notChecked, validator: RawToken.validator())
    }
    #expect(throws: error, sourceLocation: sourceLocation) { try UnverifiedJWT(token) }
  }

  @Test func `anything but three parts is refused`() {
    for token in [
      "", "a", "a.b", "a.b.c.d", "a.b..", "a.b..c", "....", String(repeating: ".", count: 16_384),
    ] {
      expectMalformed(token, .parts)
    }
  }

  @Test func `an empty header, payload or signature is refused`() {
    expectMalformed("..", .header)
    expectMalformed("\(header)..", .signatureLength)
    expectMalformed(RawToken(parts: [header, ""]).compact, .json)
  }

  @Test func `a token has at most 16384 bytes`() throws {
    // The digits left by the header, a signature and two stops; a part has 0, 2 or 3 modulo 4.
    let digitCount = 16_384 - header.utf8.count - 45
    #expect(digitCount % 4 == 1)
    let fitting = #"{"a":""}"#.utf8.count
    let text = { (count: Int) in
      "{\"a\":\"" + String(repeating: "x", count: count - fitting) + "\"}"
    }
    let largest = RawToken(payload: text(digitCount / 4 * 3))
    #expect(largest.compact.utf8.count == 16_383)
    #expect(try largest.decode().payload.count == digitCount / 4 * 3)
    let tooLarge = RawToken(payload: text(digitCount / 4 * 3 + 1))
    #expect(tooLarge.compact.utf8.count == 16_385)
    expectMalformed(tooLarge.compact, .tooLarge)
    expectMalformed(String(repeating: "a", count: 16_385), .tooLarge)
    expectMalformed(String(repeating: "a", count: 16_384), .parts)
    expectMalformed(String(repeating: "é", count: 8_193), .tooLarge)
  }

  @Test func `an encoded header has at most 1024 bytes`() throws {
    let fixed = #"{"alg":"HS256","kid":"k","x":""}"#.utf8.count
    let padded = { (count: Int) in
      let filler = String(repeating: "x", count: count - fixed)
      return RawToken(
        header: #"{"alg":"HS256","kid":"k","x":"\#(filler)"}"#, payload: "{}")
    }
    let largest = padded(768)
    #expect(largest.compact.prefix { $0 != "." }.utf8.count == 1_024)
    #expect(try largest.decode().keyID == "k")
    expectMalformed(padded(769).compact, .tooLarge)
    // 1,025 digits aren't a valid length either; the size is checked first.
    expectMalformed(String(repeating: "A", count: 1_025) + ".e30.AA", .tooLarge)
    expectMalformed(String(repeating: "A", count: 1_024) + ".e30.AA", .header)
  }

  @Test(arguments: ["A", "AAAAA", "AB", "AAB", "AA==", "AA+A", "AA/A", "AA A", "AA\n", "é"])
  func `a part that is not canonical base64url is refused`(_ part: String) {
    let signature = Base64URLBytes.text([UInt8](repeating: 0, count: 32))
    expectMalformed("\(part).e30.\(signature)", .base64)
    expectMalformed(RawToken(parts: [header, part]).compact, .base64)
  }

  @Test func `a signature with too many digits is refused, by its length before its digits`() {
    let token = RawToken(payload: "{}").compact
    expectMalformed(token + "A", .signatureLength)
    expectMalformed(token + "AA", .base64)
    #expect(throws: TokenError.malformed(.base64)) { try UnverifiedJWT(token + "=") }
    #expect(throws: TokenError.malformed(.signatureLength)) {
      try JWT.decode(
        token + "=", keys: RawToken.keys(), type: .notChecked,
        validator: RawToken.validator())
    }
  }

  /// 43 digits hold two bits more than 32 bytes, which must be zero.
  @Test func `one in four spellings of a last digit is canonical`() {
    let token = RawToken(payload: "{}").compact
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    var taken = 0
    for digit in alphabet {
      let other = String(token.dropLast()) + String(digit)
      if (try? UnverifiedJWT(other)) != nil {
        taken += 1
      } else {
        expectMalformed(other, .base64)
      }
    }
    #expect(taken == 16)
  }

  @Test(arguments: [0, 1, 16, 31, 33, 48, 64])
  func `a signature that is not 32 bytes is refused`(_ count: Int) {
    let signature = Base64URLBytes.text([UInt8](repeating: 0, count: count))
    expectMalformed("\(header).e30.\(signature)", .signatureLength)
  }

  @Test(arguments: [
    "", "[]", "null", "1", #""{}""#, "{}{}", "{} x", "{", #"{"a":1,}"#, "\u{feff}{}", #"{"a":01}"#,
    #"{"a":"\ud800"}"#, #"{"a":1e400}"#, "{\"a\":\"\n\"}", #"{"a":[1e400]}"#, #"{a:1}"#,
  ])
  func `a payload that isn't a JSON object is refused`(_ payload: String) {
    expectMalformed(RawToken(payload: payload).compact, .json)
  }

  @Test func `a payload that isn't valid UTF-8 is refused`() {
    let quoted = { (bytes: [UInt8]) in Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8) }
    for bytes in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]] {
      expectMalformed(RawToken(payload: quoted(bytes)).compact, .json)
    }
    let wide: [UInt8] = "{}".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] }
    expectMalformed(RawToken(payload: wide).compact, .json)
  }

  @Test(arguments: [
    #"{"exp":1,"exp":2}"#, #"{"exp":1,"\u0065xp":2}"#, #"{"a":1,"a":2}"#, #"{"a":{"b":1,"b":2}}"#,
    #"{"a":[{"b":1,"\u0062":2}]}"#, #"{"aud":[],"aud":"a"}"#,
  ])
  func `a claim that appears twice is refused as such`(_ payload: String) {
    expectMalformed(RawToken(payload: payload).compact, .duplicateName)
  }

  @Test func `a payload nests 32 deep and no deeper`() throws {
    for (open, close, count) in [("[", "]", 31), (#"{"a":"#, "}", 31)] {
      let deep = { String(repeating: open, count: $0) + "0" + String(repeating: close, count: $0) }
      #expect(
        try RawToken(payload: "{\"a\":\(deep(count))}").decode().claims.custom["a"] != nil)
      expectMalformed(RawToken(payload: "{\"a\":\(deep(count + 1))}").compact, .json)
    }
  }

  @Test func `U+0000 in a claim is kept`() throws {
    let token = RawToken(payload: #"{"sub":"a\u0000b","\u0000":"\u0000"}"#)
    let claims = try token.decode().claims
    #expect(claims.subject == "a\0b")
    #expect(claims.custom["\0"] == "\0")
  }
}
