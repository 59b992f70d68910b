// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SignIn

extension AdoptionTests {
  @Suite struct RecipeTests {
    @Test(arguments: [
      ("create", SessionStore.create), ("insert", SessionStore.insert),
      ("read", SessionStore.read), ("by-subject", SessionStore.bySubject),
      ("swap", SessionStore.swap), ("expire", SessionStore.expire),
    ])
    func `The server runs the recipe's text`(name: String, statement: String) throws {
      let recipe = try String(
        contentsOf: .tests.appending(path: "Storage/SQLite/\(name).sql"), encoding: .utf8)
      #expect(recipe == statement + "\n")
    }

    @Test(arguments: [
      ("AppSession", "AppSession"), ("Transport", "AppSession"), ("Keychain", "AppSession"),
      ("ProcessLock", "AppSession"), ("FileLock", "HTTPAndKeychain"),
    ])
    func `The app's code is the snippet's, line for line`(file: String, snippet: String) throws {
      let snippet = try String(
        contentsOf: .tests.appending(path: "../Snippets/\(snippet).swift"), encoding: .utf8)
      let code = try String(
        contentsOf: .tests.appending(path: "Adoption/Sources/App/\(file).swift"), encoding: .utf8)
      let body = try #require(code.firstRange(of: "/// "))
      #expect(snippet.contains(code[body.lowerBound...]))
    }

    @Test func `The actor has at most 100 lines without blanks and comments`() throws {
      let file = try String(
        contentsOf: .tests.appending(path: "Adoption/Sources/App/AppSession.swift"), encoding: .utf8
      )
      let start = try #require(file.firstRange(of: "actor AppSession {"))
      let end = try #require(file[start.lowerBound...].firstRange(of: "\n}\n"))
      let lines = file[start.lowerBound..<end.upperBound].split(separator: "\n")
        .filter { line in
          let text = line.drop { $0 == " " }
          return !text.isEmpty && !text.hasPrefix("//")
        }
      #expect(lines.count <= 100)
    }
  }
}

extension URL {
  /// The folder `Tests` of the repository.
  fileprivate static var tests: URL {
    URL(filePath: #filePath).appending(path: "../../../..").standardized
  }
}
