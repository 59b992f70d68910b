// SPDX-License-Identifier: Apache-2.0

/// A claim, or a member of a body, that failed validation.
public struct ClaimFailure: Sendable {
  /// The name of the claim or member, such as `exp`.
  public let claim: String

  /// The problem with the claim, and its extent.
  public let problem: Problem

  /// A problem with a claim; durations are whole seconds.
  @nonexhaustive
  public enum Problem: Sendable {
    /// The claim is required and absent; a custom claim that is `null` counts as absent.
    case missing
    /// The claim has a value of the wrong kind or out of range; it never counts as absent.
    case malformed
    /// `exp` passed this long ago: `now >= exp + leeway` (RFC 7519 §4.1.4).
    case expired(ago: Duration)
    /// `nbf` is this far ahead: `now < nbf - leeway` (RFC 7519 §4.1.5).
    case notYetValid(in: Duration)
    /// `iat` is this far ahead: `iat > now + issuedAtLeeway`.
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
  /// Returns the failures of registered claims in the order of RFC 7519 §4.1, then the others as recorded.
  func inClaimOrder() -> [ClaimFailure] {
    guard count > 1 else { return self }
    var ordered: [ClaimFailure] = []
    for claim in ClaimName.allCases where claim.isRegistered {
      ordered += filter { $0.claim.hasSameBytes(as: claim.rawValue) }
    }
    return ordered + filter { ClaimName(rawValue: $0.claim)?.isRegistered != true }
  }
}
