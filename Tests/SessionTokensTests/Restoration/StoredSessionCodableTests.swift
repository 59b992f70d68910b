// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// A stored session as one text, for any store of an app.
@Suite struct StoredSessionCodableTests {
  private struct Settings: Codable, Equatable {
    var session: StoredSession?
    var others: [StoredSession]
  }

  @Test func `a session is encoded as one text, the blob`() throws {
    let data = try JSONEncoder().encode(StoredSession.numbered(1))
    #expect(try JSONDecoder().decode(String.self, from: data) == StoredSessionFormTests.golden)
    #expect(try JSONDecoder().decode(StoredSession.self, from: data) == .numbered(1))
  }

  @Test func `a stored session is decoded among other values`() throws {
    let settings = Settings(session: .numbered(1), others: [.numbered(2), .numbered(3)])
    let data = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(Settings.self, from: data) == settings)
    let list = try PropertyListEncoder().encode(settings)
    #expect(try PropertyListDecoder().decode(Settings.self, from: list) == settings)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `any session is decoded as it was`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    let sessions = (0..<20).map { _ in source.session() }
    let data = try JSONEncoder().encode(sessions)
    #expect(try JSONDecoder().decode([StoredSession].self, from: data) == sessions)
  }

  @Test(arguments: [#""""#, #""text""#, #""{}""#, #""{\"version\":3}""#])
  func `a text that isn't a blob is corrupt data`(_ json: String) throws {
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(StoredSession.self, from: Data(json.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!context.debugDescription.isEmpty)
  }

  @Test(arguments: ["1", "null", "{}", "[]"])
  func `a value that isn't a text is refused`(_ json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(StoredSession.self, from: Data(json.utf8))
    }
  }

  @Test func `an error reveals nothing of a token`() throws {
    let blob = StoredSessionFormTests.golden.replacing("access-1", with: "sécret")
    let data = try JSONEncoder().encode(blob)
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(StoredSession.self, from: data)
    }
    #expect(!String(reflecting: error).contains("cret"))
  }
}
