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

extension ClaimFailure: Hashable {
  /// True when both are the same problem of the same claim, by the bytes of its name.
  public static func == (a: ClaimFailure, b: ClaimFailure) -> Bool {
    a.claim.hasSameBytes(as: b.claim) && a.problem == b.problem
  }

  /// Feeds the claim and the problem to `hasher`.
  public func hash(into hasher: inout Hasher) {
    claim.hashBytes(into: &hasher)
    hasher.combine(problem)
  }
}

extension ClaimFailure.Problem: Hashable {
  /// True when both are the same case by the same amount, values by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.missing, .missing), (.malformed, .malformed): true
    case (.expired(let a), .expired(let b)), (.notYetValid(let a), .notYetValid(let b)),
      (.issuedInFuture(let a), .issuedInFuture(let b)):
      a == b
    case (.mismatch(let a, let aActual), .mismatch(let b, let bActual)):
      hasSameBytes(a, b) && hasSameBytes(aActual, bActual)
    case (.missing, _), (.malformed, _), (.expired, _), (.notYetValid, _), (.issuedInFuture, _),
      (.mismatch, _):
      false
    }
  }

  /// Feeds the case and the amount or values to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .missing:
      hasher.combine(0)
    case .malformed:
      hasher.combine(1)
    case .expired(let duration):
      hasher.combine(2)
      hasher.combine(duration)
    case .notYetValid(let duration):
      hasher.combine(3)
      hasher.combine(duration)
    case .issuedInFuture(let duration):
      hasher.combine(4)
      hasher.combine(duration)
    case .mismatch(let expected, let actual):
      hasher.combine(5)
      hasher.combine(expected.count)
      for value in expected { value.hashBytes(into: &hasher) }
      for value in actual { value.hashBytes(into: &hasher) }
    }
  }
}
