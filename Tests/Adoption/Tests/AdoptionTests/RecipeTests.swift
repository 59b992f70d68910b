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
    func `the server runs the recipe's text`(name: String, statement: String) throws {
      let recipe = try String(
        contentsOf: .tests.appending(path: "Storage/SQLite/\(name).sql"), encoding: .utf8)
      #expect(recipe == statement + "\n")
    }

    @Test func `the server works without the folder Moving and the lines marked MOVE`() throws {
      let sources = URL.tests.appending(path: "Adoption/Sources/SignIn")
      var moving = ""
      var rest = ""
      for case let file as URL in try #require(
        FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
      where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        if file.path.contains("/Moving/") {
          moving += text
        } else {
          rest += text.split(separator: "\n").filter { !$0.hasSuffix("// MOVE") }
            .joined(separator: "\n")
        }
      }
      let names = Set(
        moving.matches(of: /(?:struct|func|static let) (\w+)/).map { $0.output.1 })
      let known = Set(rest.matches(of: /(?:struct|func|let|var) (\w+)/).map { $0.output.1 })
      let own = names.subtracting(known)
      #expect(own.isSuperset(of: ["Exchange", "LegacyIssuer", "accepting", "addExchange"]))
      for name in own {
        #expect(!rest.contains(try Regex("\\b\(name)\\b")), "\(name)")
      }
    }

    @Test func `the actor has at most 100 lines without blanks and comments`() throws {
      let file = try String(
        contentsOf: .tests.appending(path: "Adoption/AppFiles/AppSession.swift"), encoding: .utf8)
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
