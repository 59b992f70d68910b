// SPDX-License-Identifier: Apache-2.0

extension SessionRestoration {
  /// An action that the app performs.
  ///
  /// Perform the effects of an array in order. They come in the order of the cases below, each at most once.
  /// The last four are *awaited*: the app answers each with one event that carries its ticket. An array has
  /// at most one awaited effect, and it is the last, so the app may send the answer at once. No case will be
  /// added: switch over the enum without a `default`, since the app must perform each effect.
  ///
  /// Perform the store's operations (``readStore(_:)``, ``save(_:_:)``, ``erase(_:)``) one at a time, in the
  /// order given, even when the machine has stopped waiting for one. A slow save that ends after a newer
  /// save, or after an erase, brings back an old session.
  ///
  /// When several processes share the store, as an app and its extensions do, set `sharesStore` in the
  /// ``Configuration`` and hold one lock between them, from each ``readStore(_:)`` until its event has been
  /// handled and the ``save(_:_:)`` or ``erase(_:)`` that comes back has ended. Without the lock, one process
  /// overwrites the tokens that another has just stored. The server then takes the next request for theft, or
  /// a user who signed out is signed in again.
  public enum Effect: Sendable {
    /// A session has come into use: the first since the launch, or another one than the last.
    ///
    /// Keep its name beside the app's cached data, and drop that data when the name differs. The machine draws
    /// the name at random at the sign-in: 11 characters of base64url, not secret, and not the server's
    /// ``SessionID``. It isn't sent again when the same session comes back after the sign-in screen.
    case sessionInUse(name: String)
    /// The state has changed.
    case stateChanged(State)
    /// A new access token is in use: load again what depends on the token, such as the user's subscription.
    ///
    /// When `stateChanged(.active)` is in the same array, one query serves both.
    case accessRenewed
    /// Send ``Event/timePassed`` after this time; it replaces an earlier wake.
    ///
    /// Whole seconds, at least one. A timer that fires late, or never in a suspended app, does no harm.
    case wake(after: Duration)
    /// Tell the server to end the session of this refresh token: best effort, without waiting for it.
    case sendRevocation(refreshToken: String)
    /// Read the store and send ``Event/storeRead(_:_:)``.
    case readStore(Ticket)
    /// Replace the store's content and send ``Event/saved(_:)`` or ``Event/saveFailed(_:)``.
    ///
    /// A failed save must leave the previous content: update the item, and don't delete it first.
    case save(StoredSession, Ticket)
    /// Empty the store and send ``Event/erased(_:)`` or ``Event/eraseFailed(_:)``.
    case erase(Ticket)
    /// Call the refresh endpoint and send ``Event/answered(_:_:)``.
    case refresh(RefreshRequest, Ticket)
  }

  /// A request to the refresh endpoint.
  public struct RefreshRequest: Sendable, Equatable {
    let secretToken: SecretString
    let secretKey: SecretString

    /// The token to present.
    public var refreshToken: String { secretToken.text }

    /// The value of the `Idempotency-Key` field: the same for every retry with this token.
    public var idempotencyKey: String { secretKey.text }

    /// The request must be sent before this second; from then on, answer `.unreachable` instead.
    ///
    /// Otherwise, a process that was frozen in between would present an old token hours later, and
    /// the server would take it for theft.
    public let sendBefore: NumericDate
  }

  /// The identity of one awaited effect of one machine, by which a late answer is recognized.
  public struct Ticket: Sendable, Hashable {
    /// A random number that identifies the machine.
    let machine: UInt64
    let number: UInt64
  }
}

extension SessionRestoration.Effect: Equatable {
  /// Returns true when both are the same effect with the same content; texts compare by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.sessionInUse(let a), .sessionInUse(let b)): a.hasSameBytes(as: b)
    case (.stateChanged(let a), .stateChanged(let b)): a == b
    case (.accessRenewed, .accessRenewed): true
    case (.wake(let a), .wake(let b)): a == b
    case (.sendRevocation(let a), .sendRevocation(let b)): a.hasSameBytes(as: b)
    case (.readStore(let a), .readStore(let b)), (.erase(let a), .erase(let b)): a == b
    case (.save(let a, let aTicket), .save(let b, let bTicket)): a == b && aTicket == bTicket
    case (.refresh(let a, let aTicket), .refresh(let b, let bTicket)): a == b && aTicket == bTicket
    case (.sessionInUse, _), (.stateChanged, _), (.accessRenewed, _), (.wake, _),
      (.sendRevocation, _), (.readStore, _), (.save, _), (.erase, _), (.refresh, _):
      false
    }
  }
}

extension SessionRestoration.Effect: Redacted {
  /// The effect's name and its parameters; never a token or a key.
  public var description: String {
    switch self {
    case .sessionInUse(let name): "sessionInUse(name: \(name))"
    case .stateChanged(let state): "stateChanged(\(state))"
    case .accessRenewed: "accessRenewed"
    case .wake(let delay): "wake(after: \(delay.clampedSeconds) s)"
    case .sendRevocation: "sendRevocation"
    case .readStore(let ticket): "readStore(\(ticket))"
    case .save(let session, let ticket): "save(\(session), \(ticket))"
    case .erase(let ticket): "erase(\(ticket))"
    case .refresh(let request, let ticket): "refresh(\(request), \(ticket))"
    }
  }
}

extension SessionRestoration.RefreshRequest: Redacted {
  /// The moment before which the request must be sent; never a token or a key.
  public var description: String { "RefreshRequest(sendBefore: \(sendBefore))" }
}

extension SessionRestoration.Ticket: CustomStringConvertible {
  /// The ticket's number.
  public var description: String { "#\(number)" }
}
