// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A text is one value, nested at most 32 deep, and nothing else.
@Suite struct JSONReaderStructureTests {
  @Test(arguments: [("[", "]", 32), (#"{"a":"#, "}", 32), (#"[{"a":"#, "}]", 16)])
  func `a depth of 32 is read, and one of 33 is refused`(
    _ opening: String, _ closing: String, _ repetitions: Int
  ) throws {
    let open = String(repeating: opening, count: repetitions)
    let close = String(repeating: closing, count: repetitions)
    let value = try JSONValue(parsing: "\(open)0\(close)".utf8)
    #expect(value.serialized() == Array("\(open)0\(close)".utf8))
    for innermost in ["[]", "{}", "[0]"] {
      #expect(throws: JSONError.tooDeep) {
        try JSONValue(parsing: "\(open)\(innermost)\(close)".utf8)
      }
    }
  }

  @Test func `an empty array or object counts as a level`() throws {
    let (open, close) = (String(repeating: "[", count: 31), String(repeating: "]", count: 31))
    for innermost in ["[]", "{}"] {
      _ = try JSONValue(parsing: "\(open)\(innermost)\(close)".utf8)
      #expect(throws: JSONError.tooDeep) {
        try JSONValue(parsing: "[\(open)\(innermost)\(close)]".utf8)
      }
    }
  }

  @Test func `the levels of neighboring values don't add up`() throws {
    let branch = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
    let text = "[" + [String](repeating: branch, count: 40).joined(separator: ",") + "]"
    #expect(try JSONValue(parsing: text.utf8).array?.count == 40)
  }

  @Test(arguments: [
    "[", "{", #"{"a":"#, #"[{"a":"#, "\"", "\\", "1", "-", "[[],", " ", "\u{feff}", ",",
  ])
  func `16 KiB of any one piece are refused`(_ piece: String) {
    let text = String(repeating: piece, count: 16_384 / piece.utf8.count)
    let isNumber = piece == "1"
    #expect(throws: isNumber ? .numberOutOfRange : deepest(piece)) {
      try JSONValue(parsing: text.utf8)
    }
  }

  private func deepest(_ piece: String) -> JSONError {
    ["[", #"{"a":"#, #"[{"a":"#, "[[],"].contains(piece) ? .tooDeep : .syntax
  }

  @Test(arguments: [
    "", " ", "\u{feff}", "\u{feff}{}", "{}\u{feff}", "{} x", "{}{}", "1 1", "[] ]", "nul", "nullx",
    "True", "tru", "fals", "[1,]", "[,1]", "[,]", "[1 2]", "[1", "[", "]", "[}", "{]", "{", "}",
    #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{a:1}"#,
    #"{1:1}"#, #"{"a":1]"#, #"["a":1]"#, "{null:1}", "'a'", "// x\n1", "1 // x", "/**/1", "\u{a0}1",
    "1\u{b}", "1\u{c}", "1\0", "\0", "undefined", #"{"a":1;"b":2}"#, #"{"a"::1}"#, "[1,,2]",
  ])
  func `a text that is not JSON is refused`(_ text: String) {
    #expect(throws: JSONError.syntax) { try JSONValue(parsing: text.utf8) }
  }

  @Test func `a text in UTF-16 is refused`() {
    let units: [UInt8] = "{}".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] }
    #expect(throws: JSONError.syntax) { try JSONValue(parsing: units) }
    #expect(throws: JSONError.syntax) { try JSONValue(parsing: [0xff, 0xfe] + units) }
  }

  @Test func `the four kinds of whitespace are accepted around every piece`() throws {
    let space = " \t\r\n"
    let pieces = ["{", #""a""#, ":", "[", "1", ",", "null", ",", "{", "}", "]", ",", #""b""#, ":"]
    let text = space + (pieces + ["true", "}"]).joined(separator: space) + space
    #expect(try JSONValue(parsing: text.utf8) == ["a": [1, nil, [:]], "b": true])
  }

  @Test func `values come in their order`() throws {
    let text = #"[{"z":1,"a":[true,false,null],"m":{"y":"","b":[]}},"s",-1,2.5]"#
    let value = try JSONValue(parsing: text.utf8)
    #expect(
      value == [["z": 1, "a": [true, false, nil], "m": ["y": "", "b": []]], "s", -1, 2.5])
    #expect(value.serialized() == Array(text.utf8))
  }
}
