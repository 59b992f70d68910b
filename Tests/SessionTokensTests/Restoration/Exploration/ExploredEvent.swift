/// An event, with numbers for values.
enum ExploredEvent: Hashable, CustomStringConvertible {
  case launched
  /// What the store held when it was read; `nil` when it was locked.
  case read(StoreContent?)
  case saved(session: Int, ticket: UInt64)
  case saveFailed(session: Int, ticket: UInt64)
  case signedIn(answer: Int)
  case answered(answer: Int, ticket: UInt64)
  case timePassed
  case accessRefused(accessToken: Int)
  case signedOutByUser

  /// True for the answer to a look into the store.
  var isRead: Bool {
    if case .read = self { true } else { false }
  }

  var description: String {
    switch self {
    case .launched: "launched"
    case .read(let content): "storeRead \(content?.description ?? "locked")"
    case .saved(let session, let ticket): "saved session \(session) #\(ticket)"
    case .saveFailed(let session, let ticket): "saveFailed session \(session) #\(ticket)"
    case .signedIn: "signedIn"
    case .answered(let answer, let ticket): "answered \(answer) #\(ticket)"
    case .timePassed: "timePassed"
    case .accessRefused: "accessRefused"
    case .signedOutByUser: "signedOutByUser"
    }
  }
}
