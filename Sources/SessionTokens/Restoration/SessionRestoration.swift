/// The app's decisions about its session, at launch and after: resume, refresh, wait, or sign in.
///
/// A pure state machine. The app tells it what happened with ``handle(_:at:)``, performs the effects
/// that come back, in order, and tells it what came of those that are answered. It holds no closure,
/// reads no clock, and never trusts the dates inside a token: lifetimes count from the moment of
/// receipt by the clock that it is told.
public struct SessionRestoration: Sendable, Hashable {
  /// What the app shows; ``Effect/stateChanged(_:)`` tells of each change.
  public internal(set) var state: State = .starting

  let configuration: Configuration
  var phase: Phase = .idle

  /// Attempts that failed since the last good one; the pause grows with it.
  var failureCount = 0

  /// Answers in a row that gave an access token without life.
  var deadAnswerCount = 0

  /// How many reads of the store are not answered yet: only the last one's answer counts.
  var unansweredReads = 0

  private var lastTicket: UInt64 = 0

  /// Makes a machine that waits for ``Event/launched``.
  public init(configuration: Configuration = .standard) {
    self.configuration = configuration
  }

  /// What a request that is about to be sent should do.
  ///
  /// Tell ``Event/timePassed`` first, so that an access token near its end is renewed.
  public func access(at now: NumericDate) -> Access {
    switch phase {
    case .idle, .opening, .locked, .signingIn:
      .wait
    case .signedOut(let reason):
      .signIn(reason)
    case .holding(let held):
      if held.hasUsableAccess(at: now) {
        .attach(accessToken: held.session.accessToken)
      } else if held.session.refreshToken == nil {
        .signIn(.noRefreshToken)
      } else {
        .wait
      }
    }
  }

  /// Takes an event and says what to do about it.
  ///
  /// - Parameters:
  ///   - event: What happened. An answer that is not awaited any more changes nothing.
  ///   - now: The device's clock; it may be wrong, and may jump either way.
  /// - Returns: The effects to perform, in order.
  public mutating func handle(_ event: Event, at now: NumericDate) -> [Effect] {
    var generator = SystemRandomNumberGenerator()
    return handle(event, at: now, using: &generator)
  }

  /// A ticket that no effect has had before.
  mutating func makeTicket() -> Ticket {
    lastTicket &+= 1
    return Ticket(number: lastTicket)
  }
}
