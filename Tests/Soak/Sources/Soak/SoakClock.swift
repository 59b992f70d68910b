// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization

/// One clock for all servers; a second passes with every few requests.
final class SoakClock: Sendable {
  private let requestCount = Atomic<Int64>(0)
  private static let start: Int64 = 1_800_000_000
  private static let requestsPerSecond: Int64 = 50

  var now: NumericDate {
    let passed = requestCount.load(ordering: .relaxed) / Self.requestsPerSecond
    return NumericDate(clamping: Self.start + passed)
  }

  func countRequest() {
    requestCount.add(1, ordering: .relaxed)
  }
}
