/// Everything there is at a moment: processes, store, network, server, clocks, and what may still
/// go wrong.
struct ExploredWorld: Hashable {
  /// Seconds since the first sign-in, by the server's clock, which is right.
  var time: Int64
  /// How far the device's clock is off.
  var offset: Int64 = 0
  /// How many faults may still happen.
  var faults: Int
  /// How often the user may still sign in or out.
  var userActs: Int
  var store: StoreContent
  var isLocked = false
  /// The server's records, by their numbers: one for each sign-in.
  var records: [Int]
  var processes: [ExploredProcess]
  var messages: [ExploredMessage] = []

  // What the properties remember.

  /// True once a session was ended by the user or by a definitive refusal.
  var wasEnded = false
  /// True once a save has overwritten what another process had stored since the look before it.
  ///
  /// Known: the store has no compare-and-swap, so that processes which hold no lock between
  /// `readStore` and `save` can lose an update. A sign-out can be lost, and leave a session in the
  /// store that the server has ended. A rotation can be lost, and leave a token with another key than
  /// the one that has rotated it, or one of two generations ago, which the server takes for theft.
  /// Either way the server refuses what the store holds, and the user signs in again. In a world with
  /// a race that much is checked, and no more; with a lock (``ExplorationScenario/isStoreExclusive``)
  /// there are no races.
  var hasRaced = false

  /// What the device's clock shows.
  var deviceTime: Int64 { time + offset }

  /// Puts a message on the network: a copy of one that is there already adds nothing.
  mutating func add(_ message: ExploredMessage) {
    guard !messages.contains(message) else { return }
    messages.insert(message, at: messages.firstIndex { message < $0 } ?? messages.count)
  }

  /// Lets the time come.
  mutating func advance(to time: Int64) {
    self.time = time
    for index in processes.indices {
      if let sentAt = processes[index].sentAt, time - sentAt >= 60 {
        processes[index].sentAt = nil
      }
    }
  }
}
