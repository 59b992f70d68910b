// What the writer relies on: unique names, bounded depth, finite numbers. Recursion goes no deeper
// than the depth that is checked.

extension JSONObject {
  /// Demands that no name stands twice, here or below.
  ///
  /// - Throws: ``ClaimsError/duplicateName(_:)``, ``ClaimsError/tooDeep``.
  func checkNames() throws(ClaimsError) {
    try JSONValue.object(self).checkNames(depth: 1)
  }

  /// Demands that every number is finite.
  ///
  /// - Throws: ``ClaimsError/notFinite(_:)`` with the name of the member of this object.
  func checkValues() throws(ClaimsError) {
    for member in self where !member.value.isFinite { throw .notFinite(member.name) }
  }
}

extension JSONValue {
  fileprivate func checkNames(depth: Int) throws(ClaimsError) {
    switch self {
    case .null, .bool, .integer, .double, .string:
      return
    case .array(let elements):
      guard depth <= JSONReader.maximumDepth else { throw .tooDeep }
      for element in elements { try element.checkNames(depth: depth + 1) }
    case .object(let members):
      guard depth <= JSONReader.maximumDepth else { throw .tooDeep }
      var names = Set<[UInt8]>(minimumCapacity: members.count)
      for member in members where !names.insert(Array(member.name.utf8)).inserted {
        throw .duplicateName(member.name)
      }
      for member in members { try member.value.checkNames(depth: depth + 1) }
    }
  }

  fileprivate var isFinite: Bool {
    switch self {
    case .null, .bool, .integer, .string: true
    case .double(let value): value.isFinite
    case .array(let elements): elements.allSatisfy { $0.isFinite }
    case .object(let members): members.allSatisfy { $0.value.isFinite }
    }
  }
}
