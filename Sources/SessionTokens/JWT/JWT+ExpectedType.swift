extension JWT.ExpectedType {
  /// Demands that a header's `typ` is as expected.
  func check(_ type: String?) throws(TokenError) {
    switch self {
    case .exactly(let expected):
      guard let type, MediaType.isSame(type, expected) else {
        throw .wrongType(expected: expected)
      }
    case .jwtOrAbsent:
      guard MediaType.isSame(type ?? "JWT", "JWT") else { throw .wrongType(expected: "JWT") }
    case .notChecked:
      return
    }
  }
}

extension JWT.ExpectedType: Hashable {
  /// True when both are the same case of the same text, by its bytes.
  ///
  /// Two spellings of one media type are two values here.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.exactly(let a), .exactly(let b)): a.hasSameBytes(as: b)
    case (.jwtOrAbsent, .jwtOrAbsent), (.notChecked, .notChecked): true
    case (.exactly, _), (.jwtOrAbsent, _), (.notChecked, _): false
    }
  }

  /// Feeds the case and the text to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .exactly(let type):
      hasher.combine(0)
      type.hashBytes(into: &hasher)
    case .jwtOrAbsent:
      hasher.combine(1)
    case .notChecked:
      hasher.combine(2)
    }
  }
}
