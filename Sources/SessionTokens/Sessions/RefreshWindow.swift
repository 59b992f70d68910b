// The refresh_ttl window.
//
//   opens    authenticatedAt
//   closes   min(authenticatedAt + refreshTTL, rotatedAt + idleTTL)
//
// The absolute end comes from the moment the user signed in. Derived from the current token's `iat`
// it would move with every rotation, and the window would never close.

/// When a session can be refreshed: open while `opensAt <= now < closesAt`.
public struct RefreshWindow: Sendable, Hashable {
  /// Which end of the window comes first.
  public enum Bound: Sendable, Hashable {
    /// `refreshTTL` after sign-in.
    case absolute
    /// `idleTTL` after the last rotation.
    case idle
  }

  /// Where a moment lies.
  public enum State: Sendable, Hashable {
    /// Before ``RefreshWindow/opensAt``, by at least one second.
    case notYetOpen(opensIn: Duration)
    /// Inside, with at least one second remaining.
    case open(remaining: Duration)
    /// At or past ``RefreshWindow/closesAt``.
    case closed(by: Bound)
  }

  /// When the window opens, inclusively: the moment of sign-in.
  public let opensAt: NumericDate

  /// When the window closes, exclusively: at this second it is closed.
  public let closesAt: NumericDate

  /// Which end closes it: ``Bound/absolute`` when both fall on the same second.
  public let boundBy: Bound

  /// Computes a window; its ends saturate at the year 9999.
  ///
  /// - Parameters:
  ///   - authenticatedAt: When the user signed in, the claim `auth_time`.
  ///   - rotatedAt: When the session was last rotated, or opened.
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

  /// Where `now` lies.
  public func state(at now: NumericDate) -> State {
    if now < opensAt { return .notYetOpen(opensIn: opensAt - now) }
    return now < closesAt ? .open(remaining: closesAt - now) : .closed(by: boundBy)
  }
}
