// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

/// The canonical text of a session ID.
@Suite struct SessionIDTests {
  @Test(arguments: [
    "AAAAAAAAAAAAAAAAAAAAAA", "_____________________w", "-_-_-_-_-_-_-_-_-_-_-Q",
    "25xVmJGUjSN4vJJ97TVFXQ",
  ])
  func `22 digits of canonical base64url are accepted and returned`(_ text: String) throws {
    let id = try #require(SessionID(text))
    #expect(id.description == text)
    #expect("\(id)" == text)
    #expect(SessionID(text) == id)
  }

  @Test(arguments: [
    "", "A", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAB",  // unused bits that are not zero
    "AAAAAAAAAAAAAAAAAAAAA_", "AAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAA==",
    "AAAAAAAAAAAAAAAAAAAA+A", "AAAAAAAAAAAAAAAAAAAA/A", " AAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAA\nA", "AAAAAAAAAAAAAAAAAAAAéA", "AAAAAAAAAAAAAAAAAAAA\0A",
  ])
  func `any other text is refused`(_ text: String) {
    #expect(SessionID(text) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([SessionID].self, from: JSONEncoder().encode([text]))
    }
  }

  @Test func `of 64 last digits the four without unused bits are accepted`() {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let taken = digits.filter { SessionID(String(repeating: "A", count: 21) + [$0]) != nil }
    #expect(taken == "AQgw")
  }

  @Test func `different texts are different IDs`() {
    let ids = ["AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAQ", "QAAAAAAAAAAAAAAAAAAAAA"]
      .compactMap { SessionID($0) }
    #expect(Set(ids).count == 3)
  }

  @Test func `an ID is encoded as one text`() throws {
    let id = try #require(SessionID("25xVmJGUjSN4vJJ97TVFXQ"))
    let json = try JSONEncoder().encode([id])
    #expect(String(decoding: json, as: UTF8.self) == #"["25xVmJGUjSN4vJJ97TVFXQ"]"#)
    #expect(try JSONDecoder().decode([SessionID].self, from: json) == [id])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([SessionID].self, from: Data("[1]".utf8))
    }
  }
}
