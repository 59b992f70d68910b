// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Durations in whole seconds, and the rule for configured ones.
@Suite struct DurationSecondsTests {
  @Test(
    arguments: [
      (.zero, 0), (.seconds(1), 1), (.milliseconds(1_999), 1), (.milliseconds(-1_999), -1),
      (.milliseconds(-1), 0), (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
      (.seconds(Int64.max) - .milliseconds(1), .max - 1), (.seconds(Int64.max) * 2, .max),
      (.seconds(Int64.min) + .milliseconds(1), .min + 1), (.seconds(Int64.min) * 2, .min),
    ] as [(Duration, Int64)])
  func `a fraction is dropped, and an excess gives the nearest end`(
    _ duration: Duration, _ seconds: Int64
  ) {
    #expect(duration.clampedSeconds == seconds)
  }

  @Test(
    arguments: [
      (.zero, 0), (.seconds(1), 1), (.nanoseconds(1_000_000_001), 2), (.milliseconds(-1_999), -1),
      (.milliseconds(-1), 0), (.seconds(Int64.max) - .milliseconds(1), .max),
      (.seconds(Int64.max) + .milliseconds(1), .max), (.seconds(Int64.min) * 2, .min),
    ] as [(Duration, Int64)])
  func `rounding up counts a started second as a whole one`(
    _ duration: Duration, _ seconds: Int64
  ) {
    #expect(duration.secondsRoundedUp == seconds)
  }

  @Test func `whole seconds are returned and a fraction is refused by name`() throws {
    #expect(try Duration.seconds(5).wholeSeconds(named: "x") == 5)
    #expect(try Duration.seconds(-5).wholeSeconds(named: "x") == -5)
    #expect(try Duration.seconds(Int64.max).wholeSeconds(named: "x") == .max)
    for fraction in [Duration.milliseconds(1), .milliseconds(-1), .nanoseconds(5_000_000_001)] {
      #expect(throws: ConfigurationError.notWholeSeconds("x")) {
        try fraction.wholeSeconds(named: "x")
      }
    }
  }

  @Test func `a configured value outside its range is refused by name`() throws {
    for seconds in [0, 1, 599, 600] as [Int64] {
      #expect(try Duration.seconds(seconds).validated(named: "x", in: 0...600) == .seconds(seconds))
    }
    for seconds in [-1, 601, .max, .min] as [Int64] {
      #expect(throws: ConfigurationError.outOfRange("x", "0 … 600 s")) {
        try Duration.seconds(seconds).validated(named: "x", in: 0...600)
      }
    }
    #expect(throws: ConfigurationError.notWholeSeconds("x")) {
      try Duration.milliseconds(1_500).validated(named: "x", in: 0...600)
    }
    #expect(throws: ConfigurationError.outOfRange("x", "0 … 600 s")) {
      try (Duration.seconds(Int64.max) * 2).validated(named: "x", in: 0...600)
    }
  }
}
