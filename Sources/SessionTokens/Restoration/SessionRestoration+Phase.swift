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
}
