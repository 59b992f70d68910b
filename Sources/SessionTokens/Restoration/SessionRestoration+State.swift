// SPDX-License-Identifier: Apache-2.0

extension SessionRestoration {
  /// The state of the user's session, which the app shows.
  @nonexhaustive
  public enum State: Sendable, Hashable {
    /// The store has not been read yet.
    case starting
    /// The store couldn't be read at launch, and has been locked since that moment.
    case storeLocked(since: NumericDate)
    /// There is a session without a usable access token, and the first request for one is under way.
    case refreshing
    /// There is a usable access token.
    ///
    /// On entering this state, load what depends on the token, such as the user's subscription.
    case active
    /// There is a session without a usable access token, and the last attempt to get one failed.
    ///
    /// Show the app as offline, never the sign-in screen. The state lasts until an attempt succeeds. It changes
    /// when an attempt fails, and when ``Event/retryRequested`` or a clock that is set back moves the next one.
    case suspended(Suspension)
    /// There is no session: show the sign-in screen.
    case signedOut(SignInReason)
  }

  /// The reason why a session has no usable access token, its start, and the moment of the next attempt.
  public struct Suspension: Sendable, Hashable {
    /// The time of the first failure since the last attempt that worked.
    public let since: NumericDate
    /// The moment when the next attempt is due; while an attempt is under way, the moment when it was due.
    public let retryAt: NumericDate
    /// The cause of the last failure.
    public let cause: Cause

    /// The cause of a failed attempt.
    @nonexhaustive
    public enum Cause: Sendable, Hashable {
      /// The request got no response.
      case unreachable
      /// The server answered with neither tokens nor a definitive refusal; the value is its code, if any.
      ///
      /// After some days, offer signing in as a choice: the machine never signs out for this cause.
      case server(Refusal.Code?)
      /// The store is locked, doesn't answer, or can't be written.
      case store
    }
  }

  /// The reason why the user has to sign in.
  @nonexhaustive
  public enum SignInReason: Sendable, Hashable {
    /// The store is empty.
    case neverSignedIn
    /// The user signed out, here or in another process of the app.
    ///
    /// Also when the store no longer holds the session in use for another reason, such as a definitive refusal that
    /// another process got.
    case signedOutByUser
    /// The store holds bytes that aren't a stored session; they stay there.
    case storeCorrupt
    /// The access token expired, or was refused, and there is no refresh token.
    case noRefreshToken
    /// The server definitively refused the refresh token.
    case refused(Refusal.Code)
  }

  /// The advice for a request that is about to be sent.
  public enum Access: Sendable {
    /// Send the request with this token.
    case attach(accessToken: String)
    /// Hold the request until ``Effect/stateChanged(_:)`` or ``Effect/accessRenewed`` comes; while the state
    /// is ``State/suspended(_:)`` or ``State/storeLocked(since:)``, let it fail as offline.
    case wait
    /// Let the request fail: the user has to sign in.
    case signIn(SignInReason)
  }
}

extension SessionRestoration.Access: Equatable {
  /// Returns true when both are the same advice; tokens compare by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.attach(let a), .attach(let b)): a.hasSameBytes(as: b)
    case (.wait, .wait): true
    case (.signIn(let a), .signIn(let b)): a == b
    case (.attach, _), (.wait, _), (.signIn, _): false
    }
  }
}

extension SessionRestoration.State: CustomStringConvertible {
  /// The state's name, with the moments, the cause, or the reason that belongs to it.
  public var description: String {
    switch self {
    case .starting: "starting"
    case .storeLocked(let since): "storeLocked(since: \(since))"
    case .refreshing: "refreshing"
    case .active: "active"
    case .suspended(let suspension): "suspended(\(suspension))"
    case .signedOut(let reason): "signedOut(\(reason))"
    }
  }
}

extension SessionRestoration.Suspension: CustomStringConvertible {
  /// The moments and the cause.
  public var description: String { "since: \(since), retryAt: \(retryAt), cause: \(cause)" }
}

extension SessionRestoration.Suspension.Cause: CustomStringConvertible {
  /// The cause's name, with the server's code if it gave one.
  public var description: String {
    switch self {
    case .unreachable: "unreachable"
    case .server(nil): "server"
    case .server(let code?): "server(\(code.rawValue))"
    case .store: "store"
    }
  }
}

extension SessionRestoration.SignInReason: CustomStringConvertible {
  /// The reason's name, with the server's code if there is one.
  public var description: String {
    switch self {
    case .neverSignedIn: "neverSignedIn"
    case .signedOutByUser: "signedOutByUser"
    case .storeCorrupt: "storeCorrupt"
    case .noRefreshToken: "noRefreshToken"
    case .refused(let code): "refused(\(code.rawValue))"
    }
  }
}

extension SessionRestoration.Access: Redacted {
  /// The name of the case and the reason to sign in; never a token.
  public var description: String {
    switch self {
    case .attach: "attach"
    case .wait: "wait"
    case .signIn(let reason): "signIn(\(reason))"
    }
  }
}
