// SPDX-License-Identifier: Apache-2.0

/// The lifetimes of a session and its tokens, in whole seconds.
///
/// `accessTTL` and `refreshTTL`, which decide how long a stolen token works, have no default.
public struct RotationPolicy: Sendable, Hashable {
  /// The lifetime of an access token, which stays valid when its session is revoked.
  public let accessTTL: Duration

  /// The time after sign-in in which the session can be refreshed: the `refresh_ttl`.
  ///
  /// Its end is exclusive and never moves.
  public let refreshTTL: Duration

  /// The time after the last rotation in which the session can be refreshed; `nil` for no such limit.
  ///
  /// Its end is exclusive.
  public let idleTTL: Duration?

  /// The time after a rotation in which a client that sends no idempotency key gets its tokens again.
  ///
  /// Its end is exclusive. It doesn't apply when either request sent a key.
  public let retryGrace: Duration

  /// The maximum difference between the clocks of the servers, at most 600 s.
  public let clockSkew: Duration

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - accessTTL: The lifetime of an access token: `0 < accessTTL <= refreshTTL`.
  ///   - refreshTTL: The time from the sign-in to the end of the session: at most 100 years, 3,155,760,000 s.
  ///   - idleTTL: The time from the last rotation to the end of the session:
  ///     `accessTTL < idleTTL <= refreshTTL`. If it were equal to `accessTTL`, a user who is using the app
  ///     would lose the session when the access token expires.
  ///   - retryGrace: The time after a rotation in which a client without idempotency keys may repeat its refresh:
  ///     `0 <= retryGrace < accessTTL`. `nil` is 120 s or half of `accessTTL`, rounded down, whichever is less.
  ///     120 s is longer than a client's usual request timeout of 60 s plus one retry.
  ///   - clockSkew: The maximum difference of the servers' clocks: `0 <= clockSkew <= 600 s`.
  /// - Throws: ``ConfigurationError/notWholeSeconds(_:)`` for the first duration with a fraction of a
  ///   second; otherwise ``ConfigurationError/outOfRange(_:_:)`` for the first broken rule.
  public init(
    accessTTL: Duration, refreshTTL: Duration, idleTTL: Duration? = nil,
    retryGrace: Duration? = nil, clockSkew: Duration = .seconds(30)
  ) throws(ConfigurationError) {
    let access = try accessTTL.wholeSeconds(named: "accessTTL")
    let refresh = try refreshTTL.wholeSeconds(named: "refreshTTL")
    let idle = try idleTTL?.wholeSeconds(named: "idleTTL")
    let grace = try retryGrace?.wholeSeconds(named: "retryGrace") ?? min(120, access / 2)
    let skew = try clockSkew.wholeSeconds(named: "clockSkew")
    guard access > 0, access <= refresh else {
      throw .outOfRange("accessTTL", "0 < accessTTL <= refreshTTL")
    }
    guard refresh <= Self.maximumSeconds else {
      throw .outOfRange("refreshTTL", "refreshTTL <= 100 years")
    }
    if let idle, idle <= access || idle > refresh {
      throw .outOfRange("idleTTL", "accessTTL < idleTTL <= refreshTTL")
    }
    guard grace >= 0, grace < access else {
      throw .outOfRange("retryGrace", "0 <= retryGrace < accessTTL")
    }
    guard 0...600 ~= skew else { throw .outOfRange("clockSkew", "0 … 600 s") }
    self.accessTTL = accessTTL
    self.refreshTTL = refreshTTL
    self.idleTTL = idleTTL
    self.retryGrace = .seconds(grace)
    self.clockSkew = clockSkew
  }

  /// The seconds of 100 years of 365.25 days.
  private static let maximumSeconds: Int64 = 36_525 * 86_400
}
