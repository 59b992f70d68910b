/// What may happen next.
enum ExploredStep: Hashable, CustomStringConvertible {
  case launch(Int)
  case crash(Int)
  case perform(Int, ExploredEffect)
  /// The save reports a failure; `wrote` when it took place all the same.
  case performWithFailure(Int, ExploredEffect, wrote: Bool)
  case storeAnswers(Int, ExploredEvent)
  case tell(Int, ExploredEvent)
  case wake(Int)
  case serverHandles(ExploredMessage, keepingCopy: Bool)
  case serverFails(ExploredMessage, answer: String)
  case arrives(ExploredMessage, keepingCopy: Bool)
  case isLost(ExploredMessage)
  case storeLocks
  case storeUnlocks
  case storeIsCorrupted
  case timeIs(Int64)
  case deviceClockIsOff(by: Int64)

  var description: String {
    switch self {
    case .launch(let process): "process \(process) launches"
    case .crash(let process): "process \(process) crashes"
    case .perform(let process, let effect): "process \(process) performs \(effect)"
    case .performWithFailure(let process, let effect, let wrote):
      "process \(process) fails to \(effect)\(wrote ? ", having written" : "")"
    case .storeAnswers(let process, let event), .tell(let process, let event):
      "process \(process) is told \(event)"
    case .wake(let process): "process \(process) wakes"
    case .serverHandles(let message, let isKept):
      "the server handles \(message)\(isKept ? ", of which a copy goes on" : "")"
    case .serverFails(let message, let answer): "the server answers \(answer) to \(message)"
    case .arrives(let message, let isKept):
      "\(message) arrives\(isKept ? ", and will again" : "")"
    case .isLost(let message): "\(message) is lost"
    case .storeLocks: "the store locks"
    case .storeUnlocks: "the store unlocks"
    case .storeIsCorrupted: "the store's bytes are corrupted"
    case .timeIs(let time): "it is \(time) s"
    case .deviceClockIsOff(let offset): "the device's clock is off by \(offset) s"
    }
  }
}
