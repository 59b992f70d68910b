@testable import SessionTokens

/// A machine as numbers: equal just when the machines are, and fast to compare.
struct MachineShape: Hashable {
  enum Phase: Hashable {
    case idle
    case opening(SessionRestoration.Pause?)
    case locked(SessionRestoration.Pause)
    case signedOut(SessionRestoration.SignInReason)
    case signingIn(Int, SessionRestoration.Ticket)
    case holding(session: Int, stored: Int?, isAccessRefused: Bool, Work)
  }

  enum Work: Hashable {
    case none, readingBeforeSend
    case awaitingAnswer(SessionRestoration.Ticket, sentAt: NumericDate)
    case readingBeforeSave(Int)
    case readingBeforeSignOut(Refusal.Code)
    case saving(Int, SessionRestoration.Ticket)
    case pausing(SessionRestoration.Pause)
  }

  let state: SessionRestoration.State
  let phase: Phase
  let failureCount: Int
  let deadAnswerCount: Int
  let unansweredReads: Int
  /// How many tickets there were: each one shows in an effect.
  let ticketCount: UInt64
}

extension MachineShape {
  /// The shape of a machine, its sessions numbered by `number`.
  init(
    _ machine: SessionRestoration, ticketCount: UInt64, number: (StoredSession) -> Int
  ) {
    state = machine.state
    failureCount = machine.failureCount
    deadAnswerCount = machine.deadAnswerCount
    unansweredReads = machine.unansweredReads
    self.ticketCount = ticketCount
    phase =
      switch machine.phase {
      case .idle: .idle
      case .opening(let pause): .opening(pause)
      case .locked(let pause): .locked(pause)
      case .signedOut(let reason): .signedOut(reason)
      case .signingIn(let session, let ticket): .signingIn(number(session), ticket)
      case .holding(let held):
        .holding(
          session: number(held.session), stored: held.stored.map(number),
          isAccessRefused: held.isAccessRefused, Work(held.work, number: number))
      }
  }
}

extension MachineShape.Work {
  /// The shape of what a machine does for its session.
  init(_ work: SessionRestoration.Work, number: (StoredSession) -> Int) {
    self =
      switch work {
      case .none: .none
      case .readingBeforeSend: .readingBeforeSend
      case .awaitingAnswer(let ticket, let sentAt): .awaitingAnswer(ticket, sentAt: sentAt)
      case .readingBeforeSave(let session): .readingBeforeSave(number(session))
      case .readingBeforeSignOut(let code): .readingBeforeSignOut(code)
      case .saving(let session, let ticket): .saving(number(session), ticket)
      case .pausing(let pause): .pausing(pause)
      }
  }
}
