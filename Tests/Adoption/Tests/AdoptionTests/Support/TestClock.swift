// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization

/// A clock that tests set, read by the servers and the phone alike.
final class TestClock: Sendable {
  private let date: Mutex<NumericDate>

  init(_ date: NumericDate = NumericDate(clamping: 1_795_000_000)) {
    self.date = Mutex(date)
  }

  var now: NumericDate { date.withLock { $0 } }

  var wallClock: WallClock { WallClock { self.now } }

  func advance(by interval: Duration) {
    date.withLock { $0 = $0 + interval }
  }
}
