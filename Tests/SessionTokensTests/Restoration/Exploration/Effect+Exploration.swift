@testable import SessionTokens

// What explorations ask of machines and effects.

extension SessionRestoration {
  /// True when the machine awaits nothing.
  var isIdle: Bool {
    switch phase {
    case .idle, .signedOut: true
    case .holding(let held): held.work == .none
    case .opening, .locked, .signingIn: false
    }
  }
}

extension SessionRestoration.Effect {
  /// True for the three that are answered by an event.
  var isAwaited: Bool {
    switch self {
    case .readStore, .save, .send: true
    case .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation: false
    }
  }

  /// True for the message to the server that the user has signed out.
  var isRevocation: Bool {
    if case .sendRevocation = self { true } else { false }
  }

  /// How long until the wake; `nil` for other effects.
  var wakeDelay: Duration? {
    if case .wake(let delay) = self { delay } else { nil }
  }

  /// The number of the ticket; 0 without one.
  var ticketNumber: UInt64 {
    switch self {
    case .save(_, let ticket), .send(_, let ticket): ticket.number
    case .readStore, .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation: 0
    }
  }
}
