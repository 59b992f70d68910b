// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
struct Options {
  /// Fewer rounds and only the tables that are gated.
  var isShort = false
  /// How tables are printed.
  var style = Table.Style.aligned

  /// The one operation to repeat for five seconds, for a profiler to look at.
  var repeated: String?

  /// How often each operation is sampled.
  var rounds: Int { isShort ? 100 : 1_000 }

  /// How often each point of a growth table is sampled.
  var growthRounds: Int { isShort ? 40 : 200 }

  init(_ arguments: some Sequence<String>) throws {
    var arguments = arguments.makeIterator()
    while let argument = arguments.next() {
      switch argument {
      case "--short": isShort = true
      case "--markdown": style = .markdown
      case "--repeat": repeated = arguments.next()
      default: throw UnknownArgument(text: argument)
      }
    }
  }

  /// An argument that means nothing.
  struct UnknownArgument: Error {
    let text: String
  }
}
