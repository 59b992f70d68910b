// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

extension WallClock {
  /// A clock that always returns `now`, and confirms each reading.
  static func counting(_ reading: Confirmation, at now: NumericDate) -> WallClock {
    WallClock {
      reading()
      return now
    }
  }
}
