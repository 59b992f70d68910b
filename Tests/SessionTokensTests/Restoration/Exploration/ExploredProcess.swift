/// One process of the app: a machine and the loop around it.
struct ExploredProcess: Hashable {
  /// The machine's number; `nil` before launch and after a crash.
  var machine: Int?
  /// How often it was launched.
  var launches = 0
  /// The effects that are still to be performed, in order.
  var effects: [ExploredEffect] = []
  /// The answers of the store that are still to be told, in order.
  var answers: [ExploredEvent] = []
  /// When the last wake that was asked for falls due, in true time.
  var wakeAt: Int64?

  // What the properties remember; the machine knows nothing of it.

  /// When the request that may still be under way was sent, in true time.
  var sentAt: Int64?
  /// The access token that was last put to use.
  var published: Int?
  /// True from a sign-out by the user until the next sign-in.
  var isSignedOut = false
  /// True when another process has written since this one compared what it is about to save.
  var hasStaleComparison = false

  /// The answers that may be told next: those to reads come in order, and those to saves.
  var answersThatMayCome: [ExploredEvent] {
    guard let first = answers.first else { return [] }
    return [first] + (answers.first { $0.isRead != first.isRead }.map { [$0] } ?? [])
  }

  /// Takes an answer that is told.
  mutating func take(_ answer: ExploredEvent) {
    if let place = answers.firstIndex(of: answer) { answers.remove(at: place) }
  }

  /// True between the look into the store and the save that may follow.
  var isComparing: Bool {
    answers.contains { $0.isRead }
      || effects.contains { if case .save = $0 { true } else { false } }
  }

  /// Loses everything that is not in the store.
  mutating func crash() {
    self = ExploredProcess(launches: launches)
  }
}
