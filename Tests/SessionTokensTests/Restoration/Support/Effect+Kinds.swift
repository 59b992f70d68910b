@testable import SessionTokens

extension SessionRestoration.Effect {
  var isSend: Bool {
    if case .send = self { return true }
    return false
  }

  var isSave: Bool {
    if case .save = self { return true }
    return false
  }

  /// True for those that an event answers.
  var isAnswered: Bool {
    switch self {
    case .readStore, .save, .send: true
    case .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation: false
    }
  }

  /// The state that is told.
  var state: SessionRestoration.State? {
    if case .stateChanged(let state) = self { return state }
    return nil
  }

  /// The pause that is asked for.
  var pause: Duration? {
    if case .wake(let pause) = self { return pause }
    return nil
  }

  /// The number of the ticket.
  var ticket: UInt64? {
    switch self {
    case .save(_, let ticket), .send(_, let ticket): ticket.number
    case .readStore, .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation: nil
    }
  }
}
