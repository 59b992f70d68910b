/// One claim of a token that is not as it must be.
public struct ClaimFailure: Error, Sendable {
  /// The claim's name, such as `exp`.
  public let claim: String

  /// What is wrong with it, and by how much.
  public let problem: Problem

  /// What can be wrong with a claim; durations are whole seconds.
  @nonexhaustive
  public enum Problem: Sendable {
    /// The claim is required and absent; for a custom claim also `null`.
    case missing
    /// The claim is there with a value of the wrong kind or out of range; never taken for absent.
    case malformed
    /// `exp` passed that long ago: `now >= exp + leeway` (RFC 7519 §4.1.4).
    case expired(ago: Duration)
    /// `nbf` is that far ahead: `now < nbf - leeway` (RFC 7519 §4.1.5).
    case notYetValid(in: Duration)
    /// `iat` is that far ahead: `iat > now + issuedAtLeeway`.
    case issuedInFuture(by: Duration)
    /// The claim has none of the expected values.
    case mismatch(expected: [String], actual: [String])
  }
}

extension ClaimFailure: EquatableByContent {
  var content: EqualityContent { [.text(claim), problem.content] }
}

extension ClaimFailure.Problem: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .missing: "missing"
    case .malformed: "malformed"
    case .expired(let ago): ["expired", .duration(ago)]
    case .notYetValid(let ahead): ["notYetValid", .duration(ahead)]
    case .issuedInFuture(let ahead): ["issuedInFuture", .duration(ahead)]
    case .mismatch(let expected, let actual): ["mismatch", .texts(expected), .texts(actual)]
    }
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
