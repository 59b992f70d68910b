extension SessionRestoration {
  /// What the app shows.
  @nonexhaustive
  public enum State: Sendable, Hashable {
    /// The store has not been read yet.
    case starting
    /// The store cannot be read now; it is tried again.
    case storeLocked
    /// There is a session and no usable access token; a new one is on its way.
    case refreshing
    /// There is an access token in use: on entering, query the subscription.
    case active
    /// There is a session, no usable access token, and no server to renew it before that moment.
    ///
    /// Show the app as offline, never the sign-in screen.
    case suspended(retryAt: NumericDate)
    /// There is no session: show the sign-in screen.
    case signedOut(SignInReason)
  }
}
