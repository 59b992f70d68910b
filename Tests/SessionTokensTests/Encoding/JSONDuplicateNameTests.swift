// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A member name may appear once in an object, however it is spelled and however many there are.
@Suite struct JSONDuplicateNameTests {
  @Test(arguments: [
    #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"":1,"":2}"#, #"{"a":1,"\u0061":2}"#,
    #"{"\u0061":1,"a":2}"#, #"{"\u0061":1,"\u0061":2}"#, #"{"\n":1,"\u000a":2}"#,
    #"{"/":1,"\/":2}"#, #"{"é":1,"\u00e9":2}"#, #"{"😀":1,"\ud83d\ude00":2}"#,
    #"{"\uD83D\uDE00":1,"\ud83d\ude00":2}"#, #"[{"a":1,"a":2}]"#, #"{"x":{"a":1,"a":2}}"#,
    #"{"x":[[{"y":{"a":1,"b":{},"a":2}}]]}"#, #"{"a":{"b":{}},"a":{}}"#, #"{"a":[],"b":1,"a":2}"#,
  ])
  func `a name that appears twice is refused`(_ text: String) {
    #expect(throws: JSONError.duplicateName) { try JSONValue(parsing: text.utf8) }
  }

  @Test(arguments: [
    #"{"a":1,"A":2}"#, #"{"a":1,"a ":2}"#, #"{"a":1,"":2}"#, #"{"a":1,"aa":2,"aaa":3}"#,
    #"{"\\u0061":1,"a":2}"#, #"{"\u0061b":1,"a":2}"#, #"{"a":1,"\u0061b":2}"#,
    #"{"\u0061":1,"\u0061b":2}"#, #"{"\u0061b":1,"\u0061":2}"#,
    #"{"ab":1,"\u0061":2}"#, #"{"\u0061":1,"ab":2}"#, #"{"aé":1,"\u0061":2}"#,
    // Equal as Swift strings, but not as JSON names.
    "{\"\u{e9}\":1,\"e\u{301}\":2}", #"{"\u00e9":1,"e\u0301":2}"#, "{\"\u{212b}\":1,\"\u{c5}\":2}",
    // The same name in different objects.
    #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":{"b":1},"b":{"a":1}}"#,
    #"{"x":[{"a":1},{"a":2}],"a":3}"#,
  ])
  func `names of different bytes, or in different objects, are accepted`(_ text: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(try JSONValue(parsing: value.serialized()) == value)
  }

  @Test(arguments: [2, 3, 15, 16, 17, 18, 33, 65])
  func `a repetition of the first name is found by a reader of members too`(_ count: Int) {
    let names = (1..<count).map { "n\($0)" }
    #expect(throws: JSONError.duplicateName) {
      try object(["n1"] + names.dropFirst() + ["n1"]).utf8.withSpan { text throws(JSONError) in
        var reader = JSONReader()
        try reader.beginObject(text)
        while try reader.nextName(text) != nil { _ = try reader.nextSlice(text) }
      }
    }
  }

  @Test(arguments: [2, 3, 15, 16, 17, 18, 32, 33, 64, 65, 200])
  func `a repetition is found at any distance among any number of names`(_ count: Int) throws {
    let names = (0..<count).map { "n\($0)" }
    #expect(try JSONValue(parsing: object(names).utf8).object?.count == count)
    for (first, second) in [(0, count - 1), (0, 1), (count - 2, count - 1), (count / 2, count - 1)]
    where first != second {
      var repeated = names
      repeated[second] = repeated[first]
      #expect(throws: JSONError.duplicateName) { try JSONValue(parsing: object(repeated).utf8) }
      repeated[second] = #"\u006e"# + repeated[first].dropFirst()
      #expect(throws: JSONError.duplicateName) { try JSONValue(parsing: object(repeated).utf8) }
      #expect(throws: JSONError.duplicateName) {
        try JSONValue(parsing: "[{\"n0\":\(object(repeated))}]".utf8)
      }
    }
  }

  @Test(arguments: [
    #"{"abcdefgh1":1,"abcdefgh1":2}"#, #"{"abcdefgh1":1,"abcdefgh2":2,"abcdefgh1":3}"#,
    #"{"abcdefgh\u0031":1,"abcdefgh1":2}"#, #"{"abcdefgh1":1,"abcdefgh\u0031":2}"#,
    #"{"abcdefgé":1,"abcdefg\u00e9":2}"#,
  ])
  func `names with a common beginning are compared to their ends`(_ text: String) {
    #expect(throws: JSONError.duplicateName) { try JSONValue(parsing: text.utf8) }
  }

  @Test func `names with a common beginning and different ends are distinct`() throws {
    let names = (0..<16).map { "the same beginning \($0)" }
    #expect(try JSONValue(parsing: object(names).utf8).object?.count == 16)
  }

  @Test func `canonically equivalent names are distinct among many names`() throws {
    let names = (0..<20).map { "n\($0)" } + ["\u{e9}", "e\u{301}"]
    #expect(try JSONValue(parsing: object(names).utf8).object?.count == 22)
  }

  @Test func `the names of a finished object don't count in the next one`() throws {
    let inner = object((0..<20).map { "n\($0)" })
    let value = try JSONValue(parsing: #"{"n0":\#(inner),"n1":\#(inner),"x":[\#(inner)]}"#.utf8)
    #expect(value.object?.map(\.name) == ["n0", "n1", "x"])
    #expect(throws: JSONError.duplicateName) {
      try JSONValue(parsing: #"{"n0":\#(inner),"n0":\#(inner)}"#.utf8)
    }
  }

  @Test func `three thousand names are read, and the last is found to appear twice`() throws {
    let names = (0..<3_000).map { String($0, radix: 36) }
    #expect(try JSONValue(parsing: object(names).utf8).object?.count == 3_000)
    #expect(throws: JSONError.duplicateName) {
      try JSONValue(parsing: object(names + [names[1_500]]).utf8)
    }
  }

  private func object(_ names: [String]) -> String {
    "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
  }
}
