// SPDX-License-Identifier: Apache-2.0

/// Everything there is at a moment: processes, stores, network, server, clocks, and what may still
/// happen.
struct ExploredWorld: Hashable {
  /// Seconds since the first sign-in, by the server's clock, which is right.
  var time: Int64
  /// How far the device's clock is off.
  var offset: Int64 = 0
  /// How many faults may still happen.
  var faults: Int
  /// How often the user may still sign in or out.
  var userActs: Int
  /// One for each device.
  var stores: [ExploredContent]
  var isLocked = false
  /// The server's records, by their numbers: one for each sign-in.
  var records: [Int]
  var processes: [ExploredProcess]
  var messages: [ExploredMessage] = []

  // What the properties remember.

  /// The sessions that a user has ended, or replaced by a sign-in.
  var ended = Ordinals()
  /// Those of them that a user has signed out of.
  var signedOut = Ordinals()
  /// The sessions whose save was done and reported as failed.
  var reportedAsFailed = Ordinals()
  /// The exceptions that this world has met, as bits.
  var exceptions: UInt16 = 0

  /// What the device's clock shows.
  var deviceTime: Int64 { time + offset }

  /// Puts a message on the network; a copy of one that is there already adds nothing.
  mutating func add(_ message: ExploredMessage) {
    guard !messages.contains(message) else { return }
    messages.insert(message, at: messages.firstIndex { message < $0 } ?? messages.count)
  }
}

/// A set of sessions, by the order of their sign-ins.
struct Ordinals: Hashable, Sendable {
  private var bits: UInt16 = 0

  var isEmpty: Bool { bits == 0 }

  func contains(_ ordinal: Int) -> Bool {
    0..<16 ~= ordinal && bits & 1 << UInt16(ordinal) != 0
  }

  mutating func insert(_ ordinal: Int) {
    if 0..<16 ~= ordinal { bits |= 1 << UInt16(ordinal) }
  }

  mutating func remove(_ ordinal: Int) {
    if 0..<16 ~= ordinal { bits &= ~(1 << UInt16(ordinal)) }
  }
}

/// One process of the app: a machine and the loop around it.
struct ExploredProcess: Hashable {
  /// The device that it runs on.
  var store: Int
  /// The machine's number; `nil` before launch and after a crash.
  var machine: Int?
  var launches = 0
  /// The work on the store that is to be done, in the order given.
  var work: [StoreWork] = []
  /// Answers of the store to work that is done, on their way.
  var lateAnswers: [ExploredEvent] = []
  /// Requests that the app was told to send and has not sent.
  var unsent: [UnsentRequest] = []
  /// True from a look into the store to the end of the work that follows from it.
  var holdsLock = false
  /// When the wake that was asked for falls due, in true time.
  var wakeAt: Int64?

  // What the properties remember; the machine knows nothing of it.

  /// When the request that may be under way was given to the app, in true time.
  var requestedAt: Int64?
  /// The access token that was last put to use.
  var published: Int?
  /// When, by the device's clock, the user signed out before the store was read.
  var signedOutUnread: Int64?
  /// The sessions that the server is to be told of, by their ordinals.
  var owed = Ordinals()
  /// The sessions that the user has signed out of in this process.
  var hasSignedOut = Ordinals()
  /// How far a recovery has come with telling it the time without a wake.
  var nudges = 0
  /// What the process has read last, for an app that reads its store once.
  var lastRead: ExploredContent?

  /// Loses everything that is not in the store.
  mutating func crash() {
    self = ExploredProcess(store: store, launches: launches)
  }
}

struct StoreWork: Hashable {
  enum Kind: Hashable {
    case read
    case save(blob: Int)
    case erase
  }

  let kind: Kind
  var place: TicketPlace
}

struct UnsentRequest: Hashable {
  let request: Int
  let sendBefore: Int64
  var place: TicketPlace
}

/// A message on the network, or the answer to one.
struct ExploredMessage: Hashable, Comparable {
  enum Content: Hashable {
    case request(Int)
    case answer(Int)
    case revocation(refreshToken: Int)
  }

  let content: Content
  /// The process that waits for the answer; `nil` when nobody does.
  var process: Int?
  var place = TicketPlace.forgotten

  private var order: (Int, Int, Int, Int) {
    switch content {
    case .request(let request): (0, request, process ?? -1, place.number)
    case .answer(let answer): (1, answer, process ?? -1, place.number)
    case .revocation(let token): (2, token, -1, 0)
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.order < b.order }
}
