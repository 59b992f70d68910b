import Foundation

extension ExplorationScenario {
  /// Whether the deep bounds are asked for: `SESSION_TOKENS_DEEP=1`.
  static let isDeep = ProcessInfo.processInfo.environment["SESSION_TOKENS_DEEP"] == "1"
}
