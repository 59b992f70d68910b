// SPDX-License-Identifier: Apache-2.0

// The refresh_ttl window.
//
//   opens    authenticatedAt
//   closes   min(authenticatedAt + refreshTTL, rotatedAt + idleTTL)
//
// The absolute end counts from the sign-in. If it counted from the current token's `iat`, it would move with
// every rotation, and the window would never close.

/// The time in which a session can be refreshed: `opensAt <= now < closesAt`.
public struct RefreshWindow: Sendable, Hashable {
  /// The end of the window that comes first.
  public enum Bound: Sendable, Hashable {
    /// `refreshTTL` after sign-in.
    case absolute
    /// `idleTTL` after the last rotation.
    case idle
  }

  /// The position of a moment relative to the window.
  public enum State: Sendable, Hashable {
    /// Before ``RefreshWindow/opensAt``, by at least one second.
    case notYetOpen(opensIn: Duration)
    /// Inside, with at least one second remaining.
    case open(remaining: Duration)
    /// At or past ``RefreshWindow/closesAt``.
    case closed(by: Bound)
  }

  /// The start of the window, inclusive: the moment of the sign-in.
  public let opensAt: NumericDate

  /// The end of the window, exclusive: at this second the window is closed.
  public let closesAt: NumericDate

  /// The end that closes the window: ``Bound/absolute`` when both are the same second.
  public let boundBy: Bound

  /// Creates the window of a session; its ends saturate at the year 9999.
  ///
  /// - Parameters:
  ///   - authenticatedAt: The moment of the sign-in: the claim `auth_time`.
  ///   - rotatedAt: The moment of the last rotation, or of the opening.
  ///   - policy: The lifetimes: ``RotationPolicy/refreshTTL`` and ``RotationPolicy/idleTTL``.
  public init(authenticatedAt: NumericDate, rotatedAt: NumericDate, policy: RotationPolicy) {
    let absoluteEnd = authenticatedAt + policy.refreshTTL
    opensAt = authenticatedAt
    if let idleTTL = policy.idleTTL, rotatedAt + idleTTL < absoluteEnd {
      closesAt = rotatedAt + idleTTL
      boundBy = .idle
    } else {
      closesAt = absoluteEnd
      boundBy = .absolute
    }
  }

  /// Returns the position of `now` relative to the window.
  public func state(at now: NumericDate) -> State {
    if now < opensAt { return .notYetOpen(opensIn: opensAt - now) }
    return now < closesAt ? .open(remaining: closesAt - now) : .closed(by: boundBy)
  }
}
