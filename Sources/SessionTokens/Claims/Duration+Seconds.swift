// SPDX-License-Identifier: Apache-2.0

extension Duration {
  /// The seconds truncated toward zero, clamped to `Int64`.
  var clampedSeconds: Int64 {
    if self >= .seconds(Int64.max) { return .max }
    if self <= .seconds(Int64.min) { return .min }
    return components.seconds
  }

  /// The seconds rounded up, clamped to `Int64`.
  var secondsRoundedUp: Int64 {
    let seconds = clampedSeconds
    return self > .seconds(seconds) && seconds < .max ? seconds + 1 : seconds
  }

  /// Returns the seconds of a configured value, which must be whole.
  ///
  /// A value beyond `Int64` is out of every range, and its fraction isn't checked.
  ///
  /// - Throws: ``ConfigurationError/notWholeSeconds(_:)`` with `name` for a fraction of a second.
  func wholeSeconds(named name: String) throws(ConfigurationError) -> Int64 {
    let seconds = clampedSeconds
    if seconds != .max, seconds != .min, self != .seconds(seconds) { throw .notWholeSeconds(name) }
    return seconds
  }

  /// Returns a configured value, which must be whole seconds in `range`.
  ///
  /// - Throws: ``ConfigurationError/notWholeSeconds(_:)`` for a fraction of a second, and
  ///   ``ConfigurationError/outOfRange(_:_:)`` outside the range, both with `name`.
  func validated(
    named name: String, in range: ClosedRange<Int64>
  ) throws(ConfigurationError) -> Duration {
    guard range ~= (try wholeSeconds(named: name)) else {
      throw .outOfRange(name, "\(range.lowerBound) … \(range.upperBound) s")
    }
    return self
  }
}
