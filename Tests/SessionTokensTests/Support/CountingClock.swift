import Foundation

@testable import SessionTokens

/// A clock that counts how often it is read, and shows another second each time.
final class CountingClock: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  /// How often the clock was read.
  var readings: Int { lock.withLock { count } }

  /// A clock that shows `start`, then a second more with each reading.
  func clock(from start: Int64) -> WallClock {
    WallClock {
      self.lock.withLock {
        self.count += 1
        return NumericDate(clamping: start + Int64(self.count) - 1)
      }
    }
  }
}
