// SPDX-License-Identifier: Apache-2.0

extension SessionRestoration {
  /// Something that happened, which the app reports.
  @nonexhaustive
  public enum Event: Sendable {
    /// The app has started.
    case launched
    /// The result of ``Effect/readStore(_:)``.
    case storeRead(Ticket, StoredSession.Reading)
    /// The ``Effect/save(_:_:)`` with that ticket succeeded.
    case saved(Ticket)
    /// The ``Effect/save(_:_:)`` with that ticket failed.
    ///
    /// The session is used anyway, and the save is tried again.
    case saveFailed(Ticket)
    /// The ``Effect/erase(_:)`` with that ticket succeeded.
    case erased(Ticket)
    /// The ``Effect/erase(_:)`` with that ticket failed; it is tried again after a pause.
    case eraseFailed(Ticket)
    /// The answer to the ``Effect/refresh(_:_:)`` with that ticket.
    case answered(Ticket, RefreshAnswer)
    /// The user has signed in, and the server gave these tokens.
    ///
    /// The state stays as it is until the tokens are in use: when the store was read and the save has ended, or as
    /// soon as the store is found locked.
    case signedIn(TokenResponse)
    /// A server answered 401 to a request with that access token.
    ///
    /// The token is refreshed if it is the one in use, unless it was received within its margin, or within 10 s,
    /// before this. Without a refresh token, the user has to sign in.
    case accessRefused(accessToken: String)
    /// The user has signed out.
    case signedOutByUser
    /// Time has passed, so something may be due.
    ///
    /// Send it when the app comes to the foreground, when the store is unlocked, when a
    /// ``Effect/wake(after:)`` falls due, and before each request. It ends no pause early, except
    /// that a locked store is read again.
    case timePassed
    /// Connectivity is back, or the user asks to try again.
    ///
    /// It ends a pause early, but never one that the server asked for. When the last attempt got no response,
    /// the next one starts at most a second after that attempt failed; when it got one, at most five seconds
    /// after. Otherwise it acts like ``timePassed``.
    case retryRequested
  }
}

extension SessionRestoration.Event: Equatable {
  /// Returns true when both are the same event with the same content; tokens compare by their bytes.
  public static func == (a: Self, b: Self) -> Bool {
    // Switches over one event: the compiler takes two seconds to prove that a switch over pairs is exhaustive.
    switch a {
    case .launched: if case .launched = b { return true }
    case .storeRead(let a, let aReading):
      if case .storeRead(let b, let bReading) = b { return a == b && aReading == bReading }
    case .saved(let a): if case .saved(let b) = b { return a == b }
    case .saveFailed(let a): if case .saveFailed(let b) = b { return a == b }
    case .erased(let a): if case .erased(let b) = b { return a == b }
    case .eraseFailed(let a): if case .eraseFailed(let b) = b { return a == b }
    case .answered(let a, let aAnswer):
      if case .answered(let b, let bAnswer) = b { return a == b && aAnswer == bAnswer }
    case .signedIn(let a): if case .signedIn(let b) = b { return a == b }
    case .accessRefused(let a): if case .accessRefused(let b) = b { return a.hasSameBytes(as: b) }
    case .signedOutByUser: if case .signedOutByUser = b { return true }
    case .timePassed: if case .timePassed = b { return true }
    case .retryRequested: if case .retryRequested = b { return true }
    }
    return false
  }
}

extension SessionRestoration.Event: Redacted {
  /// The event's name and its parameters; never a token.
  public var description: String {
    switch self {
    case .launched: "launched"
    case .storeRead(let ticket, let reading): "storeRead(\(ticket), \(reading))"
    case .saved(let ticket): "saved(\(ticket))"
    case .saveFailed(let ticket): "saveFailed(\(ticket))"
    case .erased(let ticket): "erased(\(ticket))"
    case .eraseFailed(let ticket): "eraseFailed(\(ticket))"
    case .answered(let ticket, let answer): "answered(\(ticket), \(answer))"
    case .signedIn: "signedIn"
    case .accessRefused: "accessRefused"
    case .signedOutByUser: "signedOutByUser"
    case .timePassed: "timePassed"
    case .retryRequested: "retryRequested"
    }
  }
}
