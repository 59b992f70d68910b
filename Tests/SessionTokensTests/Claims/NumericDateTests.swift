// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Dates: their range, and their arithmetic in whole seconds up to its ends.
@Suite struct NumericDateTests {
  private static let last: Int64 = 253_402_300_799

  @Test(arguments: [0, 1, 1_700_000_000, last - 1, last])
  func `a second between 1970 and 9999 is a date`(_ seconds: Int64) {
    #expect(NumericDate(exactly: seconds)?.secondsSinceEpoch == seconds)
    #expect(NumericDate(clamping: seconds).secondsSinceEpoch == seconds)
    #expect(NumericDate(clamping: seconds).description == "\(seconds)")
  }

  @Test(
    arguments: [
      (-1, 0), (.min, 0), (last + 1, last), (1_700_000_000_000, last), (.max, last),
    ] as [(Int64, Int64)])
  func `seconds outside the range give nil, and clamp to the nearest end`(
    _ seconds: Int64, _ end: Int64
  ) {
    #expect(NumericDate(exactly: seconds) == nil)
    #expect(NumericDate(clamping: seconds).secondsSinceEpoch == end)
  }

  @Test func `the ends of the range have names`() {
    #expect(NumericDate.minimum.secondsSinceEpoch == 0)
    #expect(NumericDate.maximum.secondsSinceEpoch == Self.last)
  }

  @Test(
    arguments: [
      (10, .seconds(5), 15, 5), (10, .seconds(-5), 5, 15), (10, .zero, 10, 10),
      (10, .milliseconds(1_999), 11, 9), (10, .milliseconds(-1_999), 9, 11),
      (10, .nanoseconds(1), 10, 10), (10, .milliseconds(-999), 10, 10),
      (10, .seconds(10), 20, 0), (10, .seconds(11), 21, 0), (last, .seconds(1), last, last - 1),
      (last, .seconds(-1), last - 1, last), (0, .seconds(last), last, 0),
      (10, .seconds(Int64.max), last, 0), (10, .seconds(Int64.min), 0, last),
      (0, .seconds(Int64.max), last, 0), (0, .seconds(Int64.min), 0, last),
      (last, .seconds(Int64.max), last, 0), (last, .seconds(Int64.min), 0, last),
      (5, .seconds(Int64.max) * 2, last, 0), (5, .seconds(Int64.min) * 2, 0, last),
      (5, .seconds(Int64.max) + .milliseconds(1), last, 0),
      (5, .seconds(Int64.min) - .milliseconds(1), 0, last),
    ] as [(Int64, Duration, Int64, Int64)])
  func `an interval is added and subtracted in whole seconds, up to the ends`(
    _ start: Int64, _ interval: Duration, _ later: Int64, _ earlier: Int64
  ) {
    let date = NumericDate(clamping: start)
    #expect((date + interval).secondsSinceEpoch == later)
    #expect((date - interval).secondsSinceEpoch == earlier)
  }

  @Test func `the time between two dates has a sign`() {
    #expect(NumericDate(clamping: 15) - NumericDate(clamping: 10) == .seconds(5))
    #expect(NumericDate(clamping: 10) - NumericDate(clamping: 15) == .seconds(-5))
    #expect(NumericDate.maximum - NumericDate.minimum == .seconds(Self.last))
  }

  @Test func `dates are ordered by their seconds`() {
    let (early, late) = (NumericDate(clamping: 1), NumericDate(clamping: 2))
    #expect(early < late && !(late < early) && !(early < early))
    #expect(early != late && early == NumericDate(clamping: 1))
  }

  @Test(arguments: 0..<UInt64(4))
  func `adding the time between two dates leads from one to the other`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<64 {
      let a = NumericDate(clamping: .random(in: 0...Self.last, using: &generator))
      let b = NumericDate(clamping: .random(in: 0...Self.last, using: &generator))
      #expect(a + (b - a) == b)
      #expect(b - (b - a) == a)
      #expect((a < b) == (a - b < .zero))
    }
  }
}
