extension ClaimExtraction {
  /// Demands that `actual` is one of `expected`, unless the check is waived.
  mutating func expect(_ claim: ClaimName, _ actual: String, in expected: [String]?) {
    guard let expected, !expected.contains(where: actual.hasSameBytes) else { return }
    fail(claim, .mismatch(expected: expected, actual: [actual]))
  }

  /// Demands that one of `actual` is one of `expected`, unless the check is waived.
  mutating func expect(_ claim: ClaimName, _ actual: [String], in expected: [String]?) {
    guard let expected,
      !actual.contains(where: { value in expected.contains { $0.hasSameBytes(as: value) } })
    else { return }
    fail(claim, .mismatch(expected: expected, actual: actual))
  }

  /// True when something is wrong with the claim already.
  func hasFailed(_ claim: ClaimName) -> Bool {
    failures.contains { $0.claim.hasSameBytes(as: claim.rawValue) }
  }
}

extension [ClaimFailure] {
  /// The failures of registered claims in the order of RFC 7519 §4.1, then the others in theirs.
  func inClaimOrder() -> [ClaimFailure] {
    guard count > 1 else { return self }
    var ordered: [ClaimFailure] = []
    for claim in ClaimName.allCases where claim.isRegistered {
      ordered += filter { $0.claim.hasSameBytes(as: claim.rawValue) }
    }
    return ordered + filter { ClaimName(rawValue: $0.claim)?.isRegistered != true }
  }
}
