extension SessionRestoration {
  /// What the app has to do, in the order given.
  ///
  /// Each is done before the next begins: a ``save(_:_:)`` still under way must not end after the
  /// ``erase`` of a sign-out.
  ///
  /// ``readStore``, ``save(_:_:)`` and ``send(_:_:)`` are each answered by exactly one event. An array
  /// holds at most one of them and it comes last, so that a performer may feed the answer back at
  /// once. The enum is closed: an effect that nobody performs is a defect.
  ///
  /// Where several processes share the store, as an app and its extensions do, hold one lock of theirs
  /// from ``readStore`` until its event has been handled and the ``save(_:_:)`` or ``erase`` that comes
  /// back is done, and for every other ``save(_:_:)`` and ``erase``, as of a sign-in and a sign-out.
  /// Without it a process can save over what another has stored or erased in between: the server takes
  /// what follows for theft, or a user who signed out is back.
  public enum Effect: Sendable {
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
    /// The state is another; an array tells of one change at most.
    case stateChanged(State)
    /// There is a new access token, stored unless that failed: query the subscription again.
    ///
    /// Where `stateChanged(.active)` stands in the same array, one query does for both.
    case accessRenewed
    /// Best effort: tell the server, so that signing out here ends the session there.
    case sendRevocation(refreshToken: String)
  }
}

extension SessionRestoration.Effect: Hashable {
  /// True when both are the same effect with the same content, tokens by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.readStore, .readStore), (.erase, .erase), (.accessRenewed, .accessRenewed): true
    case (.save(let a, let aTicket), .save(let b, let bTicket)): a == b && aTicket == bTicket
    case (.send(let a, let aTicket), .send(let b, let bTicket)): a == b && aTicket == bTicket
    case (.wake(let a), .wake(let b)): a == b
    case (.stateChanged(let a), .stateChanged(let b)): a == b
    case (.sendRevocation(let a), .sendRevocation(let b)): a.hasSameBytes(as: b)
    case (.readStore, _), (.save, _), (.erase, _), (.send, _), (.wake, _), (.stateChanged, _),
      (.accessRenewed, _), (.sendRevocation, _):
      false
    }
  }

  /// Feeds the effect and its content to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .readStore:
      hasher.combine(0)
    case .save(let session, let ticket):
      hasher.combine(1)
      hasher.combine(session)
      hasher.combine(ticket)
    case .erase:
      hasher.combine(2)
    case .send(let request, let ticket):
      hasher.combine(3)
      hasher.combine(request)
      hasher.combine(ticket)
    case .wake(let delay):
      hasher.combine(4)
      hasher.combine(delay)
    case .stateChanged(let state):
      hasher.combine(5)
      hasher.combine(state)
    case .accessRenewed:
      hasher.combine(6)
    case .sendRevocation(let token):
      hasher.combine(7)
      token.hashBytes(into: &hasher)
    }
  }
}
