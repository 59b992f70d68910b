// SPDX-License-Identifier: Apache-2.0

// The refresh window, of which refresh_ttl is the length.
//
//   opens    authenticatedAt
//   closes   min(authenticatedAt + refreshTTL, rotatedAt + idleTTL)
//
// The absolute end counts from sign-in. If it counted from the current token's `iat`, it would move with
// every rotation and the window would never close.

/// The time in which a session can be refreshed: `opensAt <= now < closesAt`.
public struct RefreshWindow: Sendable, Hashable {
  /// The rule that closes the window.
  public enum Bound: Sendable, Hashable {
    /// The window closes `refreshTTL` after sign-in.
    case absolute
    /// The window closes `idleTTL` after the last rotation.
    case idle
  }

  /// The state of the window at a given time.
  public enum State: Sendable, Hashable {
    /// The window opens later, in at least one second.
    case notYetOpen(opensIn: Duration)
    /// The window is open, with at least one second remaining.
    case open(remaining: Duration)
    /// The window is closed: the time is ``RefreshWindow/closesAt`` or later.
    case closed(by: Bound)
  }

  /// The start of the window, inclusive: the time of sign-in.
  public let opensAt: NumericDate

  /// The end of the window, exclusive: it is closed from this second on.
  public let closesAt: NumericDate

  /// The rule that closes the window: ``Bound/absolute`` when both do so at the same second.
  public let boundBy: Bound

  /// Creates a window, which closes at the end of the year 9999 at the latest.
  ///
  /// - Parameters:
  ///   - authenticatedAt: The time of sign-in: the claim `auth_time`.
  ///   - rotatedAt: The time of the last rotation, or of the opening of the session.
  ///   - policy: The lifetimes: ``RotationPolicy/refreshTTL`` and ``RotationPolicy/idleTTL``.
  public init(authenticatedAt: NumericDate, rotatedAt: NumericDate, policy: RotationPolicy) {
    opensAt = authenticatedAt
    let absoluteEnd = authenticatedAt + policy.refreshTTL
    let idleEnd = policy.idleTTL.map { rotatedAt + $0 } ?? .maximum
    closesAt = min(absoluteEnd, idleEnd)
    boundBy = idleEnd < absoluteEnd ? .idle : .absolute
  }

  /// Returns the state of the window at `now`.
  public func state(at now: NumericDate) -> State {
    if now < opensAt { return .notYetOpen(opensIn: opensAt - now) }
    return now < closesAt ? .open(remaining: closesAt - now) : .closed(by: boundBy)
  }
}
