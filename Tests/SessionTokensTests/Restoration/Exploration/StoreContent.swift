/// What the one blob of the store is.
enum StoreContent: Hashable, CustomStringConvertible {
  /// There is none.
  case empty
  /// Bytes that are no session.
  case corrupt
  /// The bytes of a session, by its number.
  case session(Int)

  var description: String {
    switch self {
    case .empty: "nothing"
    case .corrupt: "corrupt bytes"
    case .session(let number): "session \(number)"
    }
  }
}
