// SPDX-License-Identifier: Apache-2.0

import Testing

/// Waits for the effect of another task, five seconds at most.
func eventually(
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  for _ in 1...500 {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record("it did not come about", sourceLocation: sourceLocation)
}
