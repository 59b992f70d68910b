// SPDX-License-Identifier: Apache-2.0

/// The lifetimes of tokens and sessions.
///
/// All are whole seconds. The two that decide how long a stolen token works have no default.
public struct RotationPolicy: Sendable, Hashable {
  /// The lifetime of an access token, which also works this long after its session was ended.
  public let accessTTL: Duration

  /// The time after the sign-in in which the session can be refreshed: the `refresh_ttl`.
  ///
  /// This end never moves.
  public let refreshTTL: Duration

  /// The time after the last rotation in which the session can be refreshed; `nil` for no such limit.
  public let idleTTL: Duration?

  /// The time after a rotation in which its answer is repeated to a client that sends no idempotency key.
  ///
  /// The end is exclusive. It doesn't apply to clients that send keys.
  public let retryGrace: Duration

  /// The maximum difference between the clocks of the host's servers, at most 600 s.
  public let clockSkew: Duration

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - accessTTL: `0 < accessTTL <= refreshTTL`.
  ///   - refreshTTL: At most 100 years, 3,155,760,000 s.
  ///   - idleTTL: `accessTTL < idleTTL <= refreshTTL`. If it were equal to `accessTTL`, a user in the
  ///     middle of using the app would lose the session together with the access token.
  ///   - retryGrace: `0 <= retryGrace < accessTTL`. `nil` is 120 s, which is longer than a client's usual
  ///     60 s request timeout and one retry, or half of `accessTTL`, rounded down, where that is less.
  ///   - clockSkew: `0 <= clockSkew <= 600 s`.
  /// - Throws: ``ConfigurationError/notWholeSeconds(_:)`` for the first duration with a fraction,
  ///   else ``ConfigurationError/outOfRange(_:_:)`` for the first rule that is broken.
  public init(
    accessTTL: Duration, refreshTTL: Duration, idleTTL: Duration? = nil,
    retryGrace: Duration? = nil, clockSkew: Duration = .seconds(30)
  ) throws(ConfigurationError) {
    let access = try accessTTL.wholeSeconds(named: "accessTTL")
    let refresh = try refreshTTL.wholeSeconds(named: "refreshTTL")
    let idle = try idleTTL?.wholeSeconds(named: "idleTTL")
    let grace = try retryGrace?.wholeSeconds(named: "retryGrace") ?? min(120, access / 2)
    _ = try clockSkew.wholeSeconds(named: "clockSkew")
    guard access > 0, access <= refresh else {
      throw .outOfRange("accessTTL", "0 < accessTTL <= refreshTTL")
    }
    guard refresh <= Self.longestSeconds else {
      throw .outOfRange("refreshTTL", "refreshTTL <= 100 years")
    }
    if let idle, idle <= access || idle > refresh {
      throw .outOfRange("idleTTL", "accessTTL < idleTTL <= refreshTTL")
    }
    guard grace >= 0, grace < access else {
      throw .outOfRange("retryGrace", "0 <= retryGrace < accessTTL")
    }
    self.accessTTL = accessTTL
    self.refreshTTL = refreshTTL
    self.idleTTL = idleTTL
    self.retryGrace = .seconds(grace)
    self.clockSkew = try clockSkew.validLeeway(named: "clockSkew")
  }

  /// A hundred years of 365.25 days.
  private static let longestSeconds: Int64 = 36_525 * 86_400
}
