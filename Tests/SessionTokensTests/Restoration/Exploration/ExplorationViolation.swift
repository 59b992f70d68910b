/// A property that does not hold.
struct ExplorationViolation: Error {
  let property: ExplorationProperty
  let detail: String

  init(_ property: ExplorationProperty, _ detail: String) {
    self.property = property
    self.detail = detail
  }

  /// Throws where `holds` is false.
  static func require(
    _ holds: Bool, _ property: ExplorationProperty, _ detail: @autoclosure () -> String
  ) throws(ExplorationViolation) {
    guard holds else { throw ExplorationViolation(property, detail()) }
  }
}
