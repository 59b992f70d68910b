// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// The calculation of the refresh_ttl window.
@Suite struct RefreshWindowTests {
  static let signIn: Int64 = 1_800_000_000

  static func window(
    from authenticatedAt: Int64 = signIn, rotatedAt: Int64 = signIn, refresh: Int64 = 86_400,
    idle: Int64? = nil
  ) throws -> RefreshWindow {
    RefreshWindow(
      authenticatedAt: NumericDate(clamping: authenticatedAt),
      rotatedAt: NumericDate(clamping: rotatedAt),
      policy: try AuthorityFixture.policy(accessTTL: 900, refreshTTL: refresh, idleTTL: idle))
  }

  @Test(
    arguments: [
      (-1, .notYetOpen(opensIn: .seconds(1))),
      (-signIn, .notYetOpen(opensIn: .seconds(signIn))),
      (0, .open(remaining: .seconds(86_400))),
      (1, .open(remaining: .seconds(86_399))),
      (86_399, .open(remaining: .seconds(1))),
      (86_400, .closed(by: .absolute)),
      (86_401, .closed(by: .absolute)),
      (1_000_000_000, .closed(by: .absolute)),
    ] as [(Int64, RefreshWindow.State)])
  func `a window is open from sign-in, inclusively, to its end, exclusively`(
    _ seconds: Int64, _ state: RefreshWindow.State
  ) throws {
    let window = try Self.window()
    #expect(window.opensAt.secondsSinceEpoch == Self.signIn)
    #expect(window.closesAt.secondsSinceEpoch == Self.signIn + 86_400)
    #expect(window.state(at: NumericDate(clamping: Self.signIn + seconds)) == state)
  }

  @Test(
    arguments: [
      (rotatedAfter: 0, closesAfter: 3_600, .idle),
      (rotatedAfter: 1, closesAfter: 3_601, .idle),
      (rotatedAfter: 82_799, closesAfter: 86_399, .idle),
      (rotatedAfter: 82_800, closesAfter: 86_400, .absolute),
      (rotatedAfter: 82_801, closesAfter: 86_400, .absolute),
      (rotatedAfter: 86_400, closesAfter: 86_400, .absolute),
      (rotatedAfter: 1_000_000, closesAfter: 86_400, .absolute),
    ] as [(rotatedAfter: Int64, closesAfter: Int64, RefreshWindow.Bound)])
  func `the earlier of both ends closes a window, and a tie is the absolute end`(
    _ rotatedAfter: Int64, _ closesAfter: Int64, _ bound: RefreshWindow.Bound
  ) throws {
    let window = try Self.window(rotatedAt: Self.signIn + rotatedAfter, idle: 3_600)
    let end = NumericDate(clamping: Self.signIn + closesAfter)
    #expect(window.opensAt.secondsSinceEpoch == Self.signIn)
    #expect(window.closesAt == end)
    #expect(window.boundBy == bound)
    #expect(window.state(at: end - .seconds(1)) == .open(remaining: .seconds(1)))
    #expect(window.state(at: end) == .closed(by: bound))
  }

  @Test func `without an idle end the last rotation does not count`() throws {
    #expect(try Self.window(rotatedAt: 0) == Self.window(rotatedAt: Self.signIn + 1_000_000))
  }

  @Test func `an idle end before sign-in closes a window at once`() throws {
    let window = try Self.window(rotatedAt: Self.signIn - 3_600, idle: 3_600)
    #expect(window.closesAt == window.opensAt)
    #expect(window.state(at: window.opensAt) == .closed(by: .idle))
    #expect(
      window.state(at: window.opensAt - .seconds(1)) == .notYetOpen(opensIn: .seconds(1)))
  }

  @Test func `a window at the first second of time is as any other`() throws {
    let window = try Self.window(from: 0, rotatedAt: 0, idle: 3_600)
    #expect(window.state(at: .minimum) == .open(remaining: .seconds(3_600)))
    #expect(window.state(at: NumericDate(clamping: 3_600)) == .closed(by: .idle))
  }

  @Test func `the ends of a window saturate at the last second of time`() throws {
    let last = NumericDate.maximum.secondsSinceEpoch
    let window = try Self.window(from: last, rotatedAt: last, refresh: 3_155_760_000, idle: 3_600)
    #expect(window.opensAt == .maximum)
    #expect(window.closesAt == .maximum)
    #expect(window.boundBy == .absolute)
    #expect(window.state(at: .maximum) == .closed(by: .absolute))
    let almost = try Self.window(from: last - 10, rotatedAt: last - 10, idle: 3_600)
    #expect(almost.closesAt == .maximum)
    #expect(almost.state(at: .maximum - .seconds(1)) == .open(remaining: .seconds(1)))
  }
}
