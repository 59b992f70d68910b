/// A request on its way to the server, or an answer on its way back.
enum ExploredMessage: Hashable, Comparable, CustomStringConvertible {
  case request(Int, ticket: UInt64, process: Int, launch: Int)
  case answer(Int, ticket: UInt64, process: Int, launch: Int)

  /// The process that waits or waited for it, and which of its launches.
  var sender: (process: Int, launch: Int) {
    switch self {
    case .request(_, _, let process, let launch), .answer(_, _, let process, let launch):
      (process, launch)
    }
  }

  /// The order in which messages are kept, so that equal networks are equal.
  static func < (a: ExploredMessage, b: ExploredMessage) -> Bool { a.order < b.order }

  private var order: (Int, Int, UInt64, Int) {
    switch self {
    case .request(let number, let ticket, let process, let launch):
      (process * 2, launch, ticket, number)
    case .answer(let number, let ticket, let process, let launch):
      (process * 2 + 1, launch, ticket, number)
    }
  }

  var description: String {
    switch self {
    case .request(let request, let ticket, let process, _):
      "request \(request) #\(ticket) of process \(process)"
    case .answer(let answer, let ticket, let process, _):
      "answer \(answer) #\(ticket) to process \(process)"
    }
  }
}
