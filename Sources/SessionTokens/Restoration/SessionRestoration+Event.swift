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
    /// Time has passed, so that something may be due.
    ///
    /// Tell it when the app comes to the foreground, when connectivity is back, when the store was
    /// unlocked, when a ``Effect/wake(after:)`` fell due, and before each request. It does not end a
    /// pause early.
    case timePassed
    /// A server answered 401 to a request with that access token.
    case accessRefused(accessToken: String)
    /// The user has signed out.
    case signedOutByUser
  }
}
