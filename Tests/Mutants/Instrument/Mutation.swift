/// One mutant: what stands where, and what is put in its place.
struct Mutation: Codable {
  /// The number by which the instrumented sources know it; another one after any change of them.
  let number: Int
  /// The file, from the module's folder on.
  let file: String
  let `operator`: Operator
  let line: Int
  /// What names the mutant for as long as the code around it stays: no number of a line.
  let identity: String

  /// - Parameter occurrence: Which one it is of those that are otherwise the same, from 1.
  init(
    number: Int, file: String, declaration: String, operator: Operator, original: String,
    replacement: String, occurrence: Int, line: Int
  ) {
    self.number = number
    self.file = file
    self.operator = `operator`
    self.line = line
    let suffix = occurrence > 1 ? " (\(occurrence))" : ""
    identity = "\(file): \(declaration): \(original) → \(replacement)\(suffix)"
  }
}
