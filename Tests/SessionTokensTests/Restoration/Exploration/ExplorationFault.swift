/// What can go wrong.
enum ExplorationFault: CaseIterable, Sendable {
  case crash, lostMessage, repeatedMessage, serverTrouble, laggingResourceServer
  case storeLock, failedSave, corruption, clockJump
}
