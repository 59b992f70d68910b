// SPDX-License-Identifier: Apache-2.0

internal import SwiftOperators
internal import SwiftParser
internal import SwiftSyntax

/// A file of the module, parsed, its infix expressions in order of precedence.
struct Source {
  let path: String
  let tree: SourceFileSyntax
  private let locations: SourceLocationConverter

  init(path: String, text: String) throws {
    self.path = path
    let parsed = Parser.parse(source: text)
    guard !parsed.hasError else { throw UnreadableSource(path: path) }
    let folded = try OperatorTable.standardOperators.foldAll(parsed)
    guard let tree = folded.as(SourceFileSyntax.self) else { throw UnreadableSource(path: path) }
    self.tree = tree
    locations = SourceLocationConverter(fileName: path, tree: parsed)
  }

  func line(of node: Syntax) -> Int {
    locations.location(for: node.positionAfterSkippingLeadingTrivia).line
  }
}

struct UnreadableSource: Error {
  let path: String
}
