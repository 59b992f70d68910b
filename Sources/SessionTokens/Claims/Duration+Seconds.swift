extension Duration {
  /// The whole seconds, a fraction dropped, at the nearest end of 64 bits where they do not fit.
  var clampedSeconds: Int64 {
    if self >= .seconds(Int64.max) { return .max }
    if self <= .seconds(Int64.min) { return .min }
    return components.seconds
  }

  /// The whole seconds, a fraction counted as one more.
  var secondsRoundedUp: Int64 {
    let seconds = clampedSeconds
    return self > .seconds(seconds) && seconds < .max ? seconds + 1 : seconds
  }

  /// The whole seconds of a configured value.
  ///
  /// - Throws: ``ConfigurationError/notWholeSeconds(_:)`` with `name` when there is a fraction.
  func wholeSeconds(named name: String) throws(ConfigurationError) -> Int64 {
    let seconds = clampedSeconds
    if seconds != .max, seconds != .min, self != .seconds(seconds) { throw .notWholeSeconds(name) }
    return seconds
  }

  /// A configured leeway: whole seconds, 0 … 600.
  func validLeeway(named name: String) throws(ConfigurationError) -> Duration {
    guard 0...600 ~= (try wholeSeconds(named: name)) else { throw .outOfRange(name, "0 … 600 s") }
    return self
  }
}
