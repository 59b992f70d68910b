// SPDX-License-Identifier: Apache-2.0

// The machine's memory. Only SessionRestoration.swift changes it.

extension SessionRestoration {
  typealias Blob = StoredSession.Blob

  /// Everything that the machine keeps from one event to the next.
  struct Memory: Sendable, Hashable {
    var state = State.starting
    var situation = Situation.unread(isLaunched: false, lockedSince: nil)
    /// The effect whose answer is awaited, if any.
    var awaited: AwaitedEffect?
    /// Refresh requests of sessions that ended here: new tokens that they bring are only revoked.
    var abandoned: [AwaitedEffect] = []
    /// The pause before the next attempt, if any.
    var pause: Pause?
    /// The failures since the last attempt that worked, if any.
    var suspension: Suspension?
    /// The number of failures since the last attempt that worked; the pause grows with it.
    var failureCount = 0
    /// The number of answers in a row whose access token had expired when it was taken into use.
    var expiredAnswerCount = 0
    /// True after an empty or corrupt reading, until the store is read once more.
    var isDoubtful = false
    /// True when the app asked to try again, so that the pause is as short as allowed.
    var isRetryRequested = false
    var budget = RequestBudget()
    var ended = Ended()
    /// The name in the last `sessionInUse`.
    var announcedName: SessionName?
    /// The moment when the last `wake` is due.
    var wakeAt: NumericDate?
    /// The moment when the last reading of the store started.
    var readAt: NumericDate?
    /// The random number in this machine's tickets, drawn with the first of them.
    var ticketWord: UInt64?
    var lastTicket: UInt64 = 0

    /// The session, while there is one.
    var session: Session? {
      get { if case .session(let session) = situation { session } else { nil } }
      set { if let newValue { situation = .session(newValue) } }
    }

    /// Returns false for an answer to an effect that isn't awaited, or is no longer.
    func isAwaiting(_ event: Event, at now: NumericDate) -> Bool {
      switch event {
      case .storeRead(let ticket, _):
        switch awaited?.kind {
        case .read: return awaited?.ticket == ticket
        // Accepts the answer to any look since the last answered one, so that a slow store's answer counts.
        case .look(let first): return ticket.machine == ticketWord && ticket.number >= first
        case .save, .erase, .refresh, nil: return false
        }
      case .saved(let ticket), .saveFailed(let ticket):
        return awaited?.kind == .save && awaited?.ticket == ticket
      case .erased(let ticket), .eraseFailed(let ticket):
        return awaited?.kind == .erase && awaited?.ticket == ticket
      case .answered(let ticket, _):
        if awaited?.kind == .refresh, awaited?.ticket == ticket { return true }
        return abandoned.contains { $0.ticket == ticket && $0.wait.left(at: now) != nil }
      case .launched, .signedIn, .accessRefused, .signedOutByUser, .timePassed, .retryRequested:
        return true
      }
    }
  }

  /// The machine's knowledge of the session.
  enum Situation: Sendable, Hashable {
    /// The store has not been read, so the launch order is still to be applied.
    case unread(isLaunched: Bool, lockedSince: NumericDate?)
    case session(Session)
    /// There is no session; some work in the store may be left.
    case signedOut(SignInReason, Cleanup?)
  }

  /// The work in the store that is left after a session has ended.
  enum Cleanup: Sendable, Hashable {
    /// Erase the blob of a session that ended here.
    case erase
    /// Replace a blob by the same blob marked as spent: its refresh token was definitively refused.
    case mark(spent: Blob, over: Blob)
  }

  /// A session and its tokens.
  struct Session: Sendable, Hashable {
    /// The newest tokens known.
    var newest: Blob
    /// The tokens in use: `newest`, or those before it until `newest` is saved or its save has failed.
    var inUse: Blob?
    /// The last known content of the store; `nil` before the first reading after a sign-in.
    var stored: StoreContent?
    /// The blob whose save was reported as failed; it may be in the store anyway.
    var attempted: Blob?
    /// The sessions that an unsaved sign-in replaces; `nil` once it is saved.
    var replaced: [SessionName]?
    /// True once a server has answered 401 to the access token in use.
    var isAccessRefused = false
    /// True once this process has received tokens of this session from a server.
    var hasReceivedTokens = false
    /// The refusal of the newest refresh token, until the store is read again.
    var refusal: Refusal.Code?
    /// True once a save of `newest` has failed after the access token expired.
    var isLastSaveTried = false
  }

  /// The content of a store that could be read.
  enum StoreContent: Sendable, Hashable {
    case nothing
    case corrupt
    case blob(Blob)
  }

  /// Sessions and tokens that ended here and may still be in the store.
  struct Ended: Sendable, Hashable {
    /// The sessions that a sign-out, or a refusal of the session, has ended.
    var sessions: [SessionName] = []
    /// The blob with the tokens that a server refused last.
    var refused: Blob?
    /// The moment of a sign-out that came before any session was known.
    var unreadSince: NumericDate?
    /// The refresh token that was last given to be revoked.
    var revoked: SecretString?
  }

  /// An effect whose answer is awaited.
  struct AwaitedEffect: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case read
      /// A reading while signed out (rule 7); `first` is the number of the first one not answered.
      case look(first: UInt64)
      case save
      case erase
      case refresh
    }

    let kind: Kind
    let ticket: Ticket
    var wait: Wait
  }

  /// A wait that begins again when the clock is set back, so that it never ends early.
  struct Wait: Sendable, Hashable {
    var since: NumericDate
    var length: Duration

    var end: NumericDate { since + length }

    /// Returns the rest of the wait; `nil` when it is over.
    func left(at now: NumericDate) -> Duration? {
      now - since >= length ? nil : length - (now - since)
    }
  }

  /// A wait before the next attempt.
  struct Pause: Sendable, Hashable {
    var wait: Wait
    /// The minimum length when the app asks to try again.
    let minimum: Duration
    /// True when the pause is for a locked store, which is read again whenever time has passed.
    let isForLockedStore: Bool
  }

  /// The bound on the requests that the machine sends on its own.
  ///
  /// A burst of 20, one after the other, and one more for every 90 s by which the clock moves forward: at most
  /// 20 + 3,600 / 90 = 60 in an hour. A request that yields an access token of less than 240 s doesn't count.
  struct RequestBudget: Sendable, Hashable {
    private static let cost: Int64 = 90
    private static let limit: Int64 = 20 * cost

    /// The seconds that must pass, from `since` on, to pay for the requests sent.
    private var owed: Int64 = 0
    var since = NumericDate.minimum

    private func owed(at now: NumericDate) -> Int64 { max(0, owed - (now - since).clampedSeconds) }

    /// Returns how long the next request has to wait; `nil` when it may be sent.
    func wait(at now: NumericDate) -> Duration? {
      let excess = owed(at: now) + Self.cost - Self.limit
      return excess > 0 ? .seconds(excess) : nil
    }

    mutating func spend(at now: NumericDate) {
      owed = owed(at: now) + Self.cost
      since = now
    }

    mutating func refund() { owed = max(0, owed - Self.cost) }
  }
}
