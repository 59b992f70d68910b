// What the machine remembers from one event to the next. Only SessionRestoration.swift changes it.

extension SessionRestoration {
  typealias Blob = StoredSession.Blob

  /// Everything that one event leaves to the next.
  struct Memory: Sendable, Hashable {
    var state = State.starting
    var situation = Situation.unread(isLaunched: false, lockedSince: nil)
    /// The effect whose answer is awaited, if any.
    var awaited: Awaited?
    /// Refresh requests of sessions that ended here: new tokens that they bring are only revoked.
    var abandoned: [Awaited] = []
    /// The pause before the next attempt, if any.
    var pause: Pause?
    /// What has failed since the last attempt that worked, if anything.
    var trouble: Suspension?
    /// The number of failures since the last attempt that worked; the pause grows with it.
    var failureCount = 0
    /// The number of answers in a row that gave an access token without life.
    var deadAnswerCount = 0
    /// True once the store was found empty or corrupt and is to be looked at once more.
    var isDoubtful = false
    /// True when the pause is to be as short as allowed, since the app asked to try again.
    var isRetryRequested = false
    var budget = RequestBudget()
    var ended = Ended()
    /// The session that the app was told of last.
    var toldName: SessionName?
    /// The moment for which the app was last asked to wake the machine.
    var wakeAt: NumericDate?
    /// When the store was last looked at.
    var readAt: NumericDate?
    /// The word in this machine's tickets, drawn with the first of them.
    var word: UInt64?
    var lastTicket: UInt64 = 0

    /// The session, while there is one.
    var session: Session? {
      get { if case .session(let session) = situation { session } else { nil } }
      set { if let newValue { situation = .session(newValue) } }
    }

    /// False for an answer to an effect that is not awaited, or not any more.
    func isAwaiting(_ event: Event, at now: NumericDate) -> Bool {
      switch event {
      case .storeRead(let ticket, _):
        switch awaited?.work {
        case .read: return awaited?.ticket == ticket
        // A store that is slower than the looks still gets its answer in.
        case .look(let first): return ticket.machine == word && ticket.number >= first
        case .save, .erase, .refresh, nil: return false
        }
      case .saved(let ticket), .saveFailed(let ticket):
        return awaited?.work == .save && awaited?.ticket == ticket
      case .erased(let ticket), .eraseFailed(let ticket):
        return awaited?.work == .erase && awaited?.ticket == ticket
      case .answered(let ticket, _):
        if awaited?.work == .refresh, awaited?.ticket == ticket { return true }
        return abandoned.contains { $0.ticket == ticket && $0.wait.left(at: now) != nil }
      case .launched, .signedIn, .accessRefused, .signedOutByUser, .timePassed, .retryRequested:
        return true
      }
    }
  }

  enum Situation: Sendable, Hashable {
    /// The store has not been read: the launch order is still to come.
    case unread(isLaunched: Bool, lockedSince: NumericDate?)
    case session(Session)
    /// There is no session, and perhaps something left to do in the store.
    case signedOut(SignInReason, Cleanup?)
  }

  /// What is left to do in the store after a session has ended.
  enum Cleanup: Sendable, Hashable {
    /// Erase the blob of a session that ended here.
    case erase
    /// Replace a blob by one that says that its refresh token is of no use.
    case mark(spent: Blob, over: Blob)
  }

  /// A session, and what is known of it.
  struct Session: Sendable, Hashable {
    /// The newest tokens known.
    var newest: Blob
    /// The tokens in use: `newest`, or those before it until `newest` is saved or its save has failed.
    var inUse: Blob?
    /// What the store was last known to hold; `nil` before the first look after a sign-in.
    var stored: Content?
    /// The blob whose save was reported as failed; it may be in the store all the same.
    var attempted: Blob?
    /// The sessions that an unsaved sign-in replaces; `nil` once it is saved.
    var replaced: [SessionName]?
    /// True once a server has answered 401 to the access token in use.
    var isAccessRefused = false
    /// True once a server has given tokens of this session to this process.
    var isProven = false
    /// The refusal of the newest refresh token, until the store is read again.
    var refusal: Refusal.Code?
    /// True once a save of `newest` has failed after the access token ended.
    var isLastSaveTried = false
  }

  /// What the store holds.
  enum Content: Sendable, Hashable {
    case nothing
    case corrupt
    case blob(Blob)
  }

  /// What has ended here and may still be in the store.
  struct Ended: Sendable, Hashable {
    /// The sessions that a sign-out, or a refusal of the session, has ended.
    var sessions: [SessionName] = []
    /// The blob with the tokens that a server refused last.
    var refused: Blob?
    /// When the user signed out before any session was known.
    var unreadSince: NumericDate?
    /// The refresh token that was last given to be revoked.
    var revoked: SecretString?
  }

  /// An effect whose answer is awaited.
  struct Awaited: Sendable, Hashable {
    enum Work: Sendable, Hashable {
      case read
      /// A look while signed out; looks from this ticket's number on have not been answered.
      case look(first: UInt64)
      case save
      case erase
      case refresh
    }

    let work: Work
    let ticket: Ticket
    var wait: Wait
  }

  /// A wait by a clock that may be set back: it then begins again, and never ends early.
  struct Wait: Sendable, Hashable {
    var since: NumericDate
    var length: Duration

    var end: NumericDate { since + length }

    /// How much of the wait is left; `nil` when it is over.
    func left(at now: NumericDate) -> Duration? {
      now - since >= length ? nil : length - (now - since)
    }
  }

  /// A wait before the next attempt.
  struct Pause: Sendable, Hashable {
    var wait: Wait
    /// How short the app may make the pause when it asks to try again.
    let minimum: Duration
    /// True when the store is locked: it is then looked at again whenever time has passed.
    let isForLockedStore: Bool
  }

  /// The bound on the requests that the machine sends on its own.
  ///
  /// 20 at once, and one more for every 90 s of forward movement of the clock: an hour sees at most
  /// 20 + 3,600 / 90 = 60.
  struct RequestBudget: Sendable, Hashable {
    private static let cost: Int64 = 90
    private static let limit: Int64 = 20 * cost

    private var owed: Int64 = 0
    var since = NumericDate.minimum

    private func owed(at now: NumericDate) -> Int64 {
      max(0, owed - (now - since).clampedSeconds)
    }

    /// How long the next request has to wait; `nil` when it may be sent.
    func wait(at now: NumericDate) -> Duration? {
      let excess = owed(at: now) + Self.cost - Self.limit
      return excess > 0 ? .seconds(excess) : nil
    }

    mutating func spend(at now: NumericDate) {
      owed = owed(at: now) + Self.cost
      since = now
    }

    mutating func refund() {
      owed = max(0, owed - Self.cost)
    }
  }
}
