extension SessionRestoration {
  /// What the app has to do, in the order given.
  ///
  /// ``readStore``, ``save(_:_:)`` and ``send(_:_:)`` are each answered by exactly one event. An array
  /// holds at most one of them and it comes last, so that a performer may feed the answer back at
  /// once. The enum is closed: an effect that nobody performs is a defect.
  ///
  /// Where several processes share the store, as an app and its extensions do, hold one lock of theirs
  /// from ``readStore`` until its event has been handled and the ``save(_:_:)`` or ``erase`` that comes
  /// back is done. Without it a process can save over what another has stored in between, and the
  /// server takes what follows for theft.
  public enum Effect: Sendable, Hashable {
    /// Read the store and tell ``Event/storeRead(_:)``; reads are answered in their order.
    case readStore
    /// Replace what the store holds and tell ``Event/saved(_:)`` or ``Event/saveFailed(_:)``.
    ///
    /// What was there must survive a save that fails: update the item, and do not delete it first.
    case save(StoredSession, Ticket)
    /// Empty the store; where that fails, try again before the store is read the next time.
    case erase
    /// Call the refresh endpoint and tell ``Event/answered(_:_:)``.
    case send(RefreshRequest, Ticket)
    /// Tell ``Event/timePassed`` once that much time has passed; it replaces an earlier wake.
    ///
    /// Whole seconds, at least one. A timer that fires late, or never in a suspended app, does no harm.
    case wake(after: Duration)
    /// The state is another.
    case stateChanged(State)
    /// There is a new access token, stored unless that failed: query the subscription again.
    ///
    /// Where `stateChanged(.active)` stands in the same array, one query does for both.
    case accessRenewed
    /// Best effort: tell the server, so that signing out here ends the session there.
    case sendRevocation(refreshToken: String)
  }

  /// A call of the refresh endpoint.
  public struct RefreshRequest: Sendable, Hashable {
    /// The token to present.
    public let refreshToken: String
    /// The value of the `Idempotency-Key` field: the same for every retry of this token.
    public let idempotencyKey: String
  }

  /// Names one effect, so that a late answer is told from the one awaited.
  public struct Ticket: Sendable, Hashable {
    let number: UInt64
  }
}
