extension SessionRestoration {
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
    /// The pause since the store was found locked, for as long as it has not been read since.
    var storePause: Pause?
    var work = Work.none

    init(session: StoredSession, stored: StoredSession?) {
      self.session = session
      self.stored = stored
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

  /// The wait before the next attempt; a look into a locked store in between does not end it.
  func pause(at now: NumericDate) -> SessionRestoration.Pause? {
    if case .pausing(let pause) = work { return pause }
    return storePause.flatMap { $0.left(at: now) == nil ? nil : $0 }
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
