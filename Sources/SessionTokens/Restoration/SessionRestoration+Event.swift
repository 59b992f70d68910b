extension SessionRestoration {
  /// What happened, as the app tells it.
  @nonexhaustive
  public enum Event: Sendable, Hashable {
    /// The app has started: once, before anything else.
    case launched
    /// What ``Effect/readStore`` found.
    case storeRead(StoredSession.Reading)
    /// The ``Effect/save(_:_:)`` of that ticket is done.
    case saved(Ticket)
    /// The ``Effect/save(_:_:)`` of that ticket could not be done.
    case saveFailed(Ticket)
    /// The user has signed in, and these tokens came.
    case signedIn(TokenResponse)
    /// What came of the ``Effect/send(_:_:)`` of that ticket; no response at all is
    /// `.unavailable(retryAfter: nil)`.
    case answered(Ticket, RefreshAnswer)
    /// Foreground, connectivity back, store unlocked, a ``Effect/wake(after:)`` that fell due, or a
    /// request about to start. It does not end a pause.
    case timePassed
    /// A server answered 401 to a request with that access token.
    case accessRefused(accessToken: String)
    /// The user has signed out.
    case signedOutByUser
  }
}
