// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The public types of the library as its sources declare them.
enum PublicTypes {
  /// Their names, those of nested ones dotted, as `SessionRestoration.Effect`.
  static func names() throws -> Set<String> {
    let sources = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../../Sources/SessionTokens").standardized
    let enumerator = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var names: Set<String> = []
    for case let file as URL in enumerator ?? .init() where file.pathExtension == "swift" {
      names.formUnion(self.names(in: try String(contentsOf: file, encoding: .utf8)))
    }
    return names
  }

  /// The names that one file declares; its indentation, which CI checks, shows the
  /// types nested in another; an extension is nested in a condition at most.
  static func names(in source: String) -> Set<String> {
    var names: Set<String> = []
    var enclosing: [(indentation: Int, name: String)] = []
    let pattern = declaration
    for line in source.split(whereSeparator: \.isNewline) {
      let indentation = line.prefix { $0 == " " }.count
      guard let declaration = line.prefixMatch(of: pattern) else { continue }
      if declaration.kind == "extension" { enclosing.removeAll() }
      while let last = enclosing.last, last.indentation >= indentation { enclosing.removeLast() }
      let path = enclosing.map(\.name) + [String(declaration.name)]
      enclosing.append((indentation, String(declaration.name)))
      if declaration.modifiers.contains("public"), declaration.kind != "extension" {
        names.insert(path.joined(separator: "."))
      }
    }
    return names
  }

  private static var declaration:
    Regex<(Substring, modifiers: Substring, kind: Substring, name: Substring)>
  {
    /[ ]*(?<modifiers>(?:@?\w+ )*)(?<kind>struct|enum|class|actor|protocol|extension) (?<name>[A-Z][\w.]*)/
  }
}
