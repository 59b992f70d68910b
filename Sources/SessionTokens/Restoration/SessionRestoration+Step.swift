extension SessionRestoration {
  /// What a session calls for at a moment, at launch and after.
  enum Step {
    /// Use the access token.
    case resume
    /// Use the access token, and renew it.
    case resumeAndRefresh
    /// Renew the access token before anything else.
    case refresh
    /// Show the sign-in screen.
    case signIn
  }
}

extension SessionRestoration.Held {
  /// The launch order; the first match wins.
  ///
  /// The window may seem closed by the device's clock: that signs nobody out, the server decides.
  func step(at now: NumericDate, margin: Duration) -> SessionRestoration.Step {
    let canRefresh = session.refreshToken != nil
    // A server has said no to the access token, whatever its lifetime.
    if isAccessRefused { return canRefresh ? .refresh : .signIn }
    // The clock was set back, so that the lifetime says nothing: only the server can tell.
    guard let left = session.accessLifeLeft(at: now) else { return canRefresh ? .refresh : .resume }
    if left > session.margin(margin) { return .resume }
    // Near its end. One that ends with the session would only be renewed into itself, repeatedly.
    if left > .zero {
      return canRefresh && !session.accessEndsWithSession ? .resumeAndRefresh : .resume
    }
    return canRefresh ? .refresh : .signIn
  }
}
