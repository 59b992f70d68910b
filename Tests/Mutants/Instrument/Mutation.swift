// SPDX-License-Identifier: Apache-2.0

/// One mutant: a place, its original text, and the replacement.
struct Mutation: Codable {
  /// The number of the mutant in the instrumented sources; it changes with any change of them.
  let number: Int
  /// The file, from the module's folder on.
  let file: String
  let `operator`: Operator
  let line: Int
  /// The mutant's name: its room, its declaration and its change.
  ///
  /// It stays the same when the code is formatted differently or moves to another file of the room.
  let identity: String

  /// Creates a mutation and adds it to `occurrences`, the number of each name in the room so far.
  init(
    number: Int, file: String, declaration: String, operator: Operator, original: String,
    replacement: String, line: Int, occurrences: inout [String: Int]
  ) {
    self.number = number
    self.file = file
    self.operator = `operator`
    self.line = line
    let name = "\(file.prefix { $0 != "/" }): \(declaration): \(original) → \(replacement)"
    let occurrence = occurrences[name, default: 0] + 1
    occurrences[name] = occurrence
    identity = occurrence > 1 ? "\(name) (\(occurrence))" : name
  }
}
