// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import SessionTokens

/// A clock that counts its readings, and advances by a second each time.
final class CountedClock: @unchecked Sendable {
  private let lock = NSLock()
  private let start: NumericDate
  private var count: Int64 = 0

  init(start: NumericDate) {
    self.start = start
  }

  var clock: WallClock { WallClock { self.read() } }

  /// The number of times the clock was read.
  var readings: Int64 { lock.withLock { count } }

  private func read() -> NumericDate {
    lock.withLock {
      defer { count += 1 }
      return start + .seconds(count)
    }
  }
}
