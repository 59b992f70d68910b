// SPDX-License-Identifier: Apache-2.0

/// The whole state at a moment: processes, stores, network, server, clocks, and the faults and acts
/// that may still happen.
struct ExploredWorld: Hashable {
  /// Seconds since the first sign-in, by the server's clock, which is correct.
  var time: Int64
  /// The error of the device's clock.
  var offset: Int64 = 0
  /// The number of faults that may still happen.
  var faults: Int
  /// The number of sign-ins and sign-outs that may still happen.
  var userActs: Int
  /// One for each device.
  var stores: [ExploredContent]
  var isLocked = false
  /// The server's records, by their numbers: one for each sign-in.
  var records: [Int]
  var processes: [ExploredProcess]
  var messages: [ExploredMessage] = []

  // Memory of the properties.

  /// The sessions that a user has ended, or replaced by a sign-in.
  var ended = Ordinals()
  /// Those of them from which a user has signed out.
  var signedOut = Ordinals()
  /// The sessions whose save was done but reported as failed.
  var reportedAsFailed = Ordinals()
  /// The exceptions that have occurred in this world, as bits.
  var exceptions: UInt16 = 0

  /// The time on the device's clock.
  var deviceTime: Int64 { time + offset }

  /// Puts a message on the network, unless the same one is there already.
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
  /// Its device.
  var store: Int
  /// The machine's number; `nil` before launch and after a crash.
  var machine: Int?
  var launches = 0
  /// The pending work on the store, in its order.
  var work: [StoreWork] = []
  /// Answers of the store on their way, for work that is done.
  var lateAnswers: [ExploredEvent] = []
  /// Requests that the app must send and has not sent yet.
  var unsent: [UnsentRequest] = []
  /// True from a reading of the store to the end of the work that follows from it.
  var holdsLock = false
  /// The moment of the requested wake, in true time.
  var wakeAt: Int64?

  // Memory of the properties, which the machine doesn't have.

  /// The moment at which the app got the request that may be under way, in true time.
  var requestedAt: Int64?
  /// The access token that was last in use.
  var published: Int?
  /// The moment, by the device's clock, of a sign-out before the store was read.
  var signedOutUnread: Int64?
  /// The sessions whose end the server must learn, by their ordinals.
  var owed = Ordinals()
  /// The sessions from which the user has signed out in this process.
  var hasSignedOut = Ordinals()
  /// The progress of a recovery in telling the process the time without a wake.
  var nudges = 0
  /// The last reading of the process, for an app that reads its store once.
  var lastRead: ExploredContent?

  /// Loses everything outside the store.
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
