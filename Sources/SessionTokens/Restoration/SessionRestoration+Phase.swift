// The machine's memory. What the app sees of it is ``SessionRestoration/State``.

extension SessionRestoration {
  /// Where the machine is.
  enum Phase: Sendable, Hashable {
    /// Not launched yet.
    case idle
    /// The store is being read for the first time, or again during the pause after it was locked.
    case opening(Pause?)
    /// The store could not be read; it is tried again.
    case locked(Pause)
    /// There is no session.
    case signedOut(SignInReason)
    /// The tokens of a sign-in are being saved; they are not in use yet.
    case signingIn(StoredSession, Ticket)
    /// There is a session.
    case holding(Held)
  }

  /// A session and what is being done for it.
  struct Held: Sendable, Hashable {
    /// The session in use.
    var session: StoredSession
    /// What the store was last known to hold; `nil` when that is another user's, or unknown.
    ///
    /// It differs from `session` only after a save that failed. No request is sent then: were the
    /// session rotated twice while the store stands still, a crash would leave a token that is two
    /// generations behind, and of no use.
    var stored: StoredSession?
    /// True once a server has answered 401 to the access token.
    var isAccessRefused = false
    var work = Work.none

    init(session: StoredSession, stored: StoredSession?) {
      self.session = session
      self.stored = stored
    }
  }

  /// What is being waited for.
  enum Work: Sendable, Hashable {
    case none
    /// The store's content, before a request is sent.
    case readingBeforeSend
    /// The answer to a request that was sent at a moment.
    case awaitingAnswer(Ticket, sentAt: NumericDate)
    /// The store's content, before the session that came is saved.
    case readingBeforeSave(StoredSession)
    /// The store's content, before the user is signed out by a refusal.
    case readingBeforeSignOut(Refusal.Code)
    /// The end of a save.
    case saving(StoredSession, Ticket)
    /// The next attempt.
    case pausing(Pause)
  }

  /// A wait that began at a moment: a clock set back to before then ends it.
  struct Pause: Sendable, Hashable {
    let since: NumericDate
    let length: Duration

    /// How much of the wait is left; `nil` when it is over.
    func left(at now: NumericDate) -> Duration? {
      now < since || now - since >= length ? nil : length - (now - since)
    }
  }
}

extension SessionRestoration.Held {
  /// True when requests may carry the access token.
  ///
  /// Without a refresh token a clock that shows a time before receipt changes nothing: nothing
  /// better can be had, and the device's clock never signs anyone out.
  func hasUsableAccess(at now: NumericDate) -> Bool {
    guard !isAccessRefused else { return false }
    guard let left = session.accessLifeLeft(at: now) else { return session.refreshToken == nil }
    return left > .zero
  }

  /// True when the session in use is not what the store holds.
  var isUnsaved: Bool { stored != session }

  /// The session whose refresh token the server knows last.
  var newest: StoredSession {
    switch work {
    case .readingBeforeSave(let session), .saving(let session, _): session
    case .none, .readingBeforeSend, .awaitingAnswer, .readingBeforeSignOut, .pausing: session
    }
  }
}
