extension SessionRestoration {
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
}
