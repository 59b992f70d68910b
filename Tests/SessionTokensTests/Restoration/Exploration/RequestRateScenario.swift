@testable import SessionTokens

/// How a server and a resource server treat an app that asks as often as it can.
struct RequestRateScenario: Sendable, CustomStringConvertible {
  /// What becomes of a request.
  enum Fate: Hashable, Sendable {
    /// The real rotation code answers.
    case rotated
    /// It answers, with an access token that has no life left.
    case dead
    /// 503, perhaps with `Retry-After` in seconds.
    case unavailable(retryAfter: Int64?)
    /// Nothing ever comes back.
    case lost
  }

  let name: String
  /// What may become of a request; each is tried each time.
  let fates: [Fate]
  /// True when any request of the app may be answered 401.
  var mayRefuseAccess = false
  /// When the app launches, in seconds since the sign-in.
  var launch: Int64 = 700
  /// How long the window is.
  var refreshTTL: Int64 = 86_400
  /// What full jitter draws.
  var jitter = smallestJitter
  /// How long a period is, in seconds.
  var period = 60
  /// How many requests there are at most in each period since the launch.
  let requests: [Int]
  /// How many there are at most in the second of the launch.
  var requestsAtLaunch = 1

  /// Each pause is the shortest, 1 s.
  static let smallestJitter: UInt64 = 0
  /// Each pause is the longest: one less than a multiple of 300 and of all powers of two up to 512.
  static let largestJitter: UInt64 = 38_399

  var description: String { name }
}
