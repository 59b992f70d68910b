// SPDX-License-Identifier: Apache-2.0

/// One mutant: what stands where, and what is put in its place.
struct Mutation: Codable {
  /// The number by which the instrumented sources know it; another one after any change of them.
  let number: Int
  /// The file, from the module's folder on.
  let file: String
  let `operator`: Operator
  let line: Int
  /// The mutant's name: its room, its declaration and what changes.
  ///
  /// It stays the same when the code is laid out anew or moves to another file of the room.
  let identity: String

  /// Creates a mutation and adds it to `occurrences`, how many of each name the room has so far.
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
