// What the types of this room show of themselves: what a log may have.

extension StoredSession: CustomStringConvertible, CustomDebugStringConvertible {
  /// When the tokens came and how long the access token lives; never a token or a key.
  public var description: String {
    "StoredSession(receivedAt: \(receivedAt), expiresIn: \(expiresIn.clampedSeconds) s)"
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension StoredSession.Reading: CustomStringConvertible {
  /// The name of the case; never a token or a key.
  public var description: String {
    switch self {
    case .locked: "locked"
    case .empty: "empty"
    case .corrupt: "corrupt"
    case .found(let session): "found(\(session))"
    }
  }
}

extension RefreshAnswer: CustomStringConvertible {
  /// The name of the case, with the code and the delay; never a token.
  public var description: String {
    switch self {
    case .tokens(let response): "tokens(\(response))"
    case .refused(let code): "refused(\(code.rawValue))"
    case .unavailable(nil, nil): "unavailable"
    case .unavailable(nil, let code?): "unavailable(\(code.rawValue))"
    case .unavailable(let delay?, nil): "unavailable(retryAfter: \(delay.clampedSeconds) s)"
    case .unavailable(let delay?, let code?):
      "unavailable(\(code.rawValue), retryAfter: \(delay.clampedSeconds) s)"
    case .unreachable: "unreachable"
    }
  }
}

extension SessionRestoration: CustomStringConvertible, CustomDebugStringConvertible {
  /// The state.
  public var description: String { "SessionRestoration(\(state))" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRestoration.RefreshRequest: CustomStringConvertible, CustomDebugStringConvertible {
  /// The type's name; never a token or a key.
  public var description: String { "RefreshRequest" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRestoration.Effect: CustomStringConvertible, CustomDebugStringConvertible {
  /// The effect's name and what a log may have of it; never a token or a key.
  public var description: String {
    switch self {
    case .readStore: "readStore"
    case .save(let session, let ticket): "save(\(session), #\(ticket.number))"
    case .erase: "erase"
    case .send(_, let ticket): "send(#\(ticket.number))"
    case .wake(let delay): "wake(after: \(delay.clampedSeconds) s)"
    case .stateChanged(let state): "stateChanged(\(state))"
    case .accessRenewed: "accessRenewed"
    case .sendRevocation: "sendRevocation"
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRestoration.Event: CustomStringConvertible, CustomDebugStringConvertible {
  /// The event's name and what a log may have of it; never a token.
  public var description: String {
    switch self {
    case .launched: "launched"
    case .storeRead(let reading): "storeRead(\(reading))"
    case .saved(let ticket): "saved(#\(ticket.number))"
    case .saveFailed(let ticket): "saveFailed(#\(ticket.number))"
    case .signedIn: "signedIn"
    case .answered(let ticket, let answer): "answered(#\(ticket.number), \(answer))"
    case .timePassed: "timePassed"
    case .accessRefused: "accessRefused"
    case .signedOutByUser: "signedOutByUser"
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRestoration.Access: CustomStringConvertible, CustomDebugStringConvertible {
  /// The name of the case and the reason to sign in; never a token.
  public var description: String {
    switch self {
    case .attach: "attach"
    case .wait: "wait"
    case .signIn(let reason): "signIn(\(reason))"
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRestoration.State: CustomStringConvertible {
  /// The state's name, with the moment or the reason that belongs to it.
  public var description: String {
    switch self {
    case .starting: "starting"
    case .storeLocked: "storeLocked"
    case .refreshing: "refreshing"
    case .active: "active"
    case .suspended(let retryAt): "suspended(retryAt: \(retryAt))"
    case .signedOut(let reason): "signedOut(\(reason))"
    }
  }
}

extension SessionRestoration.SignInReason: CustomStringConvertible {
  /// The reason's name, with the server's code where there is one.
  public var description: String {
    switch self {
    case .neverSignedIn: "neverSignedIn"
    case .signedOutByUser: "signedOutByUser"
    case .storeCorrupt: "storeCorrupt"
    case .noRefreshToken: "noRefreshToken"
    case .refused(let code): "refused(\(code.rawValue))"
    }
  }
}

#if !$Embedded
  extension StoredSession: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRestoration: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRestoration.RefreshRequest: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRestoration.Effect: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRestoration.Event: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRestoration.Access: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif
