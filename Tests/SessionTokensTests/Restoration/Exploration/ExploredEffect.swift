/// An effect that reaches beyond its process, with numbers for values.
///
/// The others, `stateChanged`, `accessRenewed` and `wake`, happen as the event is handled: a crash
/// before or after one of them leaves the same world.
enum ExploredEffect: Hashable, CustomStringConvertible {
  case readStore
  case save(session: Int, ticket: UInt64)
  case erase
  case send(request: Int, ticket: UInt64)
  case revoke(refreshToken: Int)

  /// True when the store answers it.
  var isOfStore: Bool {
    switch self {
    case .readStore, .save: true
    case .erase, .send, .revoke: false
    }
  }

  var description: String {
    switch self {
    case .readStore: "readStore"
    case .save(let session, let ticket): "save session \(session) #\(ticket)"
    case .erase: "erase"
    case .send(let request, let ticket): "send request \(request) #\(ticket)"
    case .revoke: "sendRevocation"
    }
  }
}
