// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// Clocks, and the number of their readings.
@Suite struct WallClockTests {
  @Test func `a fixed clock always returns the same moment`() {
    let clock = WallClock.fixed(NumericDate(clamping: 7))
    #expect(clock.now.secondsSinceEpoch == 7)
    #expect(clock.now.secondsSinceEpoch == 7)
  }

  @Test func `a clock calls its closure each time`() {
    let counter = CountedClock(start: NumericDate(clamping: 10))
    let clock = counter.clock
    #expect(counter.readings == 0)
    #expect(clock.now.secondsSinceEpoch == 10)
    #expect(clock.now.secondsSinceEpoch == 11)
    #expect(counter.readings == 2)
  }

  /// The C library's coarse clock may lag Foundation's by a tick, hence the extra second.
  @Test func `the system clock returns the system's time`() {
    let before = Date().timeIntervalSince1970 - 1
    let now = TimeInterval(WallClock.system.now.secondsSinceEpoch)
    let after = Date().timeIntervalSince1970 + 1
    #expect((before.rounded(.down)...after).contains(now))
  }

  @Test func `decoding reads the clock once, whatever the token's dates`() throws {
    let token = RawToken(payload: #"{"exp":100,"nbf":100,"iat":100}"#)
    let counter = CountedClock(start: NumericDate(clamping: 100))
    var validator = try RawToken.validator()
    validator.clock = counter.clock
    // At second 100 an exp of 100 has passed and an nbf of 100 has come.
    #expect(
      throws: TokenError.invalidClaims([ClaimFailure(claim: "exp", problem: .expired(ago: .zero))])
    ) { try token.decode(validator: validator) }
    #expect(counter.readings == 1)
  }

  @Test func `decoding reads the clock once, whether it succeeds or fails early`() throws {
    for (token, succeeds) in [
      (RawToken(payload: #"{"exp":100}"#), true), (RawToken(parts: ["", ""]), false),
    ] {
      let counter = CountedClock(start: NumericDate(clamping: 0))
      var validator = try RawToken.validator()
      validator.clock = counter.clock
      #expect(((try? token.decode(validator: validator)) != nil) == succeeds)
      #expect(counter.readings == 1)
    }
  }
}
