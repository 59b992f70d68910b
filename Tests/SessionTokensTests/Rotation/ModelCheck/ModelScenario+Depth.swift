// SPDX-License-Identifier: Apache-2.0

import Foundation

extension ModelScenario {
  /// Whether the deep bounds are requested: `SESSION_TOKENS_DEEP=1`, best in a release build.
  static let isDeep = ProcessInfo.processInfo.environment["SESSION_TOKENS_DEEP"] == "1"

  /// The scenario, or its deep form on request.
  func deepened(_ change: (inout ModelScenario) -> Void) -> ModelScenario {
    guard Self.isDeep else { return self }
    var deep = self
    change(&deep)
    return deep
  }
}
