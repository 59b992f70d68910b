// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import SwiftSyntax

/// `instrument MODULE-FOLDER LIST [NUMBERS OUTPUT-FOLDER]`: lists the mutants of a module as JSON,
/// and writes the module with those whose numbers a file holds, one a line.
@main struct Instrument {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 || arguments.count == 4 else {
      throw Usage(description: "instrument MODULE-FOLDER LIST [NUMBERS OUTPUT-FOLDER]")
    }
    let folder = URL(fileURLWithPath: arguments[0], isDirectory: true)
    let sources = try paths(below: folder).map { path in
      try Source(path: path, text: read(folder.appendingPathComponent(path)))
    }
    let wanted = try arguments.count == 4 ? numbers(in: arguments[2]) : []
    let arrayFunctions = Set(sources.flatMap { $0.tree.arrayFunctions })
    var mutations: [Mutation] = []
    var occurrences: [String: Int] = [:]
    for source in sources {
      var instrumenter = Instrumenter(
        source, arrayFunctions: arrayFunctions, lastNumber: mutations.last?.number ?? 0,
        occurrences: occurrences, isWanted: wanted.contains)
      let text = instrumenter.instrumented()
      mutations += instrumenter.mutations
      occurrences = instrumenter.occurrences
      if arguments.count == 4 {
        try write(
          text, to: URL(fileURLWithPath: arguments[3]).appendingPathComponent(source.path))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(mutations).write(to: URL(fileURLWithPath: arguments[1]))
  }

  private static func paths(below folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.sorted()
  }

  private static func read(_ file: URL) throws -> String {
    try String(decoding: Data(contentsOf: file), as: UTF8.self)
  }

  private static func numbers(in path: String) throws -> Set<Int> {
    Set(try read(URL(fileURLWithPath: path)).split(separator: "\n").compactMap { Int($0) })
  }

  /// Doesn't write a file that is the same already, so that it isn't compiled again.
  private static func write(_ text: String, to file: URL) throws {
    if let old = try? read(file), old == text { return }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

struct Usage: Error, CustomStringConvertible {
  let description: String
}

extension SourceFileSyntax {
  /// The names of the functions that return an array.
  fileprivate var arrayFunctions: Set<String> {
    final class Names: SyntaxVisitor {
      var names: Set<String> = []

      override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
        if node.signature.returnClause?.type.is(ArrayTypeSyntax.self) == true {
          names.insert(node.name.text)
        }
        return .visitChildren
      }
    }
    let visitor = Names(viewMode: .sourceAccurate)
    visitor.walk(self)
    return visitor.names
  }
}
