// SPDX-License-Identifier: Apache-2.0

/// The options of the command line.
struct Options {
  /// Fewer rounds and only the tables that are gated.
  var isShort = false
  /// The style of printed tables.
  var style = Table.Style.aligned

  /// The one operation to repeat for five seconds, under a profiler.
  var repeated: String?

  /// The number of samples per operation.
  var rounds: Int { isShort ? 100 : 1_000 }

  /// The number of samples per point of a growth table.
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

  /// An argument that isn't an option.
  struct UnknownArgument: Error {
    let text: String
  }
}
