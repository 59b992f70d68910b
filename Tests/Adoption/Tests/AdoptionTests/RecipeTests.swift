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

    @Test func `The app's actor is the snippet's, line for line`() throws {
      let snippet = try String(
        contentsOf: .tests.appending(path: "../Snippets/AppSession.swift"), encoding: .utf8)
      let actor = try String(
        contentsOf: .tests.appending(path: "Adoption/Sources/App/AppSession.swift"), encoding: .utf8
      )
      let body = try #require(actor.firstRange(of: "/// The session of the app's user.\n"))
      #expect(snippet.contains(actor[body.lowerBound...]))
    }
  }
}

extension URL {
  /// The folder `Tests` of the repository.
  fileprivate static var tests: URL {
    URL(filePath: #filePath).appending(path: "../../../..").standardized
  }
}
