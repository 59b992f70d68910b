extension ClaimsValidator.Expectation {
  /// The values of which one must be there; `nil` when the check is waived.
  var values: [String]? {
    switch self {
    case .exactly(let value): [value]
    case .oneOf(let values): values
    case .notChecked: nil
    }
  }
}

extension ClaimsValidator.Expectation: Hashable {
  /// True when both are the same case of the same values, in the same order, by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.exactly(let a), .exactly(let b)): a.hasSameBytes(as: b)
    case (.oneOf(let a), .oneOf(let b)): hasSameBytes(a, b)
    case (.notChecked, .notChecked): true
    case (.exactly, _), (.oneOf, _), (.notChecked, _): false
    }
  }

  /// Feeds the case and the values to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .exactly(let value):
      hasher.combine(0)
      value.hashBytes(into: &hasher)
    case .oneOf(let values):
      hasher.combine(1)
      for value in values { value.hashBytes(into: &hasher) }
    case .notChecked:
      hasher.combine(2)
    }
  }
}
