// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// Payloads that cost a reader the most, each a unit that is repeated until a token is full.
///
/// They are authentic: any other token is refused before its payload is read.
package enum WorstCase: String, CaseIterable, Sendable {
  case text = "one long string"
  case escapes = "a string of \\u escapes"
  case surrogates = "a string of surrogate pairs"
  case scalars = "a string of three-byte scalars"
  case members = "members with short names"
  case longNames = "members with long common prefixes"
  case escapedNames = "members with escaped names"
  case objects = "nested objects with names"
  case arrays = "empty arrays"
  case deepArrays = "arrays 30 deep"
  case integers = "an array of integers"
  case doubles = "an array of doubles"
  case digits = "one number of many digits"
  case audiences = "an audience of many"
  case space = "whitespace"

  /// Returns a token that is filled up to at most `size` bytes.
  func token(ofSize size: Int) -> String {
    // Header, signature and two stops take 107 bytes; four digits carry three bytes.
    let capacity = (size - 107) / 4 * 3
    var text = Self.start
    let (opening, closing) = frame
    text += opening
    var index = 0
    while true {
      let next = (index == 0 ? "" : separator) + unit(index)
      guard text.utf8.count + next.utf8.count + closing.utf8.count < capacity else { break }
      text += next
      index += 1
    }
    return Forge.token(payload: Array((text + closing).utf8))
  }

  private static let start =
    #"{"iss":"\#(Fixture.issuer)","exp":\#(Fixture.issuedAt + Fixture.lifetime),"#

  private static let audience = #""aud":"\#(Fixture.audience)""#

  private var frame: (String, String) {
    let end = "," + Self.audience + "}"
    return switch self {
    case .text, .escapes, .surrogates, .scalars: (#""x":""#, "\"" + end)
    case .members, .longNames, .escapedNames: ("", end)
    case .objects, .arrays, .deepArrays, .integers, .doubles: (#""x":["#, "]" + end)
    case .digits: (#""x":0."#, end)
    case .audiences: (#""aud":["#, #","\#(Fixture.audience)"]}"#)
    case .space: (#""x":"#, "0" + end)
    }
  }

  private var separator: String {
    switch self {
    case .text, .escapes, .surrogates, .scalars, .digits, .space: ""
    case .members, .longNames, .escapedNames, .objects, .arrays, .deepArrays, .integers, .doubles,
      .audiences:
      ","
    }
  }

  private func unit(_ index: Int) -> String {
    switch self {
    case .text: "x"
    case .escapes: #"\u00e9"#
    case .surrogates: #"\ud83d\ude00"#
    case .scalars: "語"
    case .members: #""\#(String(index, radix: 36))":0"#
    case .longNames: #""common-prefix-of-all-these-names-\#(index)":0"#
    case .escapedNames: #""\u0061\#(String(index, radix: 36))":0"#
    case .objects: #"{"a":{"b":{"c":0}}}"#
    case .arrays: "[]"
    case .deepArrays: String(repeating: "[", count: 29) + String(repeating: "]", count: 29)
    case .integers: "-9223372036854775808"
    case .doubles: "-1.7976931348623157e308"
    case .digits: "7"
    case .audiences: #""a""#
    case .space: " \n"
    }
  }
}
