// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Strings: escapes, surrogates, and UTF-8 as in Unicode's table 3-7.
@Suite struct JSONReaderStringTests {
  private func read(_ content: String) throws -> JSONValue {
    try JSONValue(parsing: "\"\(content)\"".utf8)
  }

  private func read(bytes: [UInt8]) throws -> JSONValue {
    try JSONValue(parsing: [0x22] + bytes + [0x22])
  }

  @Test(arguments: [
    (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{c}"),
    (#"\n"#, "\n"), (#"\r"#, "\r"), (#"\t"#, "\t"), (#"\u0000"#, "\0"), (#"\u0041"#, "A"),
    (#"\u00e9"#, "\u{e9}"), (#"\u00E9"#, "\u{e9}"), (#"\u07ff"#, "\u{7ff}"),
    (#"\u0800"#, "\u{800}"), (#"\ud7ff"#, "\u{d7ff}"), (#"\ue000"#, "\u{e000}"),
    (#"\uFFFF"#, "\u{ffff}"), (#"\ufeff"#, "\u{feff}"), (#"\ud800\udc00"#, "\u{10000}"),
    (#"\uDBFF\uDFFF"#, "\u{10ffff}"), (#"\ud83d\ude00"#, "😀"), (#"a\u0062c\\u0064"#, #"abc\u0064"#),
  ])
  func `an escape denotes the scalar it names`(_ content: String, _ value: String) throws {
    let string = try #require(try read(content).string)
    #expect(Array(string.utf8) == Array(value.utf8))
  }

  @Test(arguments: [
    #"\"#, #"\a"#, #"\x41"#, #"\'"#, #"\0"#, #"\B"#, #"\U0041"#, #"\u"#, #"\u004"#, #"\u00g1"#,
    #"\u 041"#, #"\u+041"#, #"\u00４1"#, #"\é"#,
  ])
  func `anything else after a backslash is refused`(_ content: String) {
    #expect(throws: JSONError.syntax) { try read(content) }
  }

  @Test(arguments: [
    #"\ud800"#, #"\udbff"#, #"\udc00"#, #"\udfff"#, #"\ud800x"#, #"\ud800\n"#, #"\ud800\\u"#,
    #"\ud800\ud800"#, #"\ud800\u0041"#, #"\ud800\ue000"#, #"\ud800\udbff"#, #"\udc00\ud800"#,
    #"\ud800\u"#, #"\ud800\udc0"#, #"\ud800\\udc00"#, #"\ud800 \udc00"#, #"\ud800xudc00"#,
    #"\ud800\xdc00"#,
  ])
  func `half of a surrogate pair is refused`(_ content: String) {
    #expect(throws: JSONError.syntax) { try read(content) }
  }

  @Test(
    arguments: [
      [0xc2, 0x80], [0xdf, 0xbf], [0xe0, 0xa0, 0x80], [0xe0, 0xbf, 0xbf],
      [0xed, 0x80, 0x80], [0xed, 0x9f, 0xbf], [0xee, 0x80, 0x80],
      [0xef, 0xbb, 0xbf], [0xef, 0xbf, 0xbf], [0xf0, 0x90, 0x80, 0x80], [0xf4, 0x8f, 0xbf, 0xbf],
      [0x7f], [0x20],
    ] as [[UInt8]])
  func `the first and last sequence of each length is read as it is`(_ bytes: [UInt8]) throws {
    let string = try #require(try read(bytes: bytes).string)
    #expect(Array(string.utf8) == bytes)
  }

  @Test(
    arguments: [
      // surrogates, as in CESU-8
      [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
      // overlong forms
      [0xc0, 0x80], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf],
      [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf],
      // beyond U+10FFFF
      [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff],
      // a continuation without a start, and starts without continuations
      [0x80], [0xbf], [0xc2], [0xc2, 0x41], [0xc2, 0x7f], [0xc2, 0xc0], [0xe1, 0x80],
      [0xe1, 0x41, 0x80],
      [0xe1, 0x80, 0x41], [0xe1, 0x80, 0xc0], [0xf1, 0x80, 0x80], [0xf1, 0x80, 0x41, 0x80],
      [0xf1, 0x80, 0x80, 0x41], [0xf1, 0x80, 0x80, 0xc0], [0xe0, 0xc0, 0x80], [0xed, 0x7f, 0x80],
      [0xed, 0xc0, 0x80], [0xf0, 0xc0, 0x80, 0x80], [0xf4, 0x7f, 0x80, 0x80],
      [0xf4, 0xc0, 0x80, 0x80],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
    #expect(throws: JSONError.syntax) { try read(bytes: bytes) }
    #expect(throws: JSONError.syntax) { try read(bytes: [0x5c, 0x6e] + bytes + [0x41]) }
  }

  @Test(arguments: UInt8(0)..<0x20)
  func `a control character that is not escaped is refused`(_ byte: UInt8) {
    #expect(throws: JSONError.syntax) { try read(bytes: [byte]) }
  }

  @Test(arguments: ["\"", "\"a", #""\"#, #""\""#, #""\u"#, #""\u004"#, #""\ud800"#, #""\ud800\u"#])
  func `a string that does not end is refused`(_ text: String) {
    #expect(throws: JSONError.syntax) { try JSONValue(parsing: text.utf8) }
  }

  @Test func `a text that ends inside a sequence is refused`() {
    for bytes in [[0xc2], [0xe1, 0x80], [0xf1, 0x80, 0x80]] as [[UInt8]] {
      #expect(throws: JSONError.syntax) { try JSONValue(parsing: [0x22] + bytes) }
    }
  }
}
