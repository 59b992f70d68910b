extension SessionRestoration {
  /// What happened, as the app tells it.
  @nonexhaustive
  public enum Event: Sendable {
    /// The app has started: once, before anything else.
    case launched
    /// What ``Effect/readStore`` found.
    case storeRead(StoredSession.Reading)
    /// The ``Effect/save(_:_:)`` of that ticket is done.
    case saved(Ticket)
    /// The ``Effect/save(_:_:)`` of that ticket could not be done.
    ///
    /// The session is used all the same, and saved again after a pause. Until it is saved no refresh is
    /// sent: a store that takes nothing leaves the app offline once the access token has ended.
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
    /// pause early, but that after a locked store.
    case timePassed
    /// A server answered 401 to a request with that access token.
    case accessRefused(accessToken: String)
    /// The user has signed out.
    case signedOutByUser
  }
}

extension SessionRestoration.Event: Equatable {
  /// True when both are the same event with the same content, tokens by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.launched, .launched), (.timePassed, .timePassed), (.signedOutByUser, .signedOutByUser):
      true
    case (.storeRead(let a), .storeRead(let b)): a == b
    case (.saved(let a), .saved(let b)), (.saveFailed(let a), .saveFailed(let b)): a == b
    case (.signedIn(let a), .signedIn(let b)): a == b
    case (.answered(let a, let aAnswer), .answered(let b, let bAnswer)):
      a == b && aAnswer == bAnswer
    case (.accessRefused(let a), .accessRefused(let b)): a.hasSameBytes(as: b)
    case (.launched, _), (.storeRead, _), (.saved, _), (.saveFailed, _), (.signedIn, _),
      (.answered, _), (.timePassed, _), (.accessRefused, _), (.signedOutByUser, _):
      false
    }
  }
}
