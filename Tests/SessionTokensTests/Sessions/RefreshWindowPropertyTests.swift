// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// Properties of every window, tested on random ones.
@Suite struct RefreshWindowPropertyTests {
  struct Case {
    let policy: RotationPolicy
    let authenticatedAt: NumericDate
    let rotatedAt: NumericDate

    init(using source: inout SeededGenerator) throws {
      let longest: Int64 = Bool.random(using: &source) ? 100 : 3_155_760_000
      let refresh = Int64.random(in: 1...longest, using: &source)
      let access = Int64.random(in: 1...refresh, using: &source)
      let idle: Int64? =
        Bool.random(using: &source) || access == refresh
        ? nil : .random(in: access + 1...refresh, using: &source)
      policy = try AuthorityFixture.policy(
        accessTTL: access, refreshTTL: refresh, idleTTL: idle, retryGrace: 0)
      authenticatedAt = Self.date(using: &source)
      rotatedAt =
        Bool.random(using: &source)
        ? Self.date(using: &source)
        : authenticatedAt + .seconds(.random(in: -200...200, using: &source))
    }

    /// Any date, often one near an end of the range.
    static func date(using source: inout SeededGenerator) -> NumericDate {
      let maximum = NumericDate.maximum.secondsSinceEpoch
      return switch Int.random(in: 0..<4, using: &source) {
      case 0: NumericDate(clamping: .random(in: 0...200, using: &source))
      case 1: NumericDate(clamping: .random(in: maximum - 200...maximum, using: &source))
      default: NumericDate(clamping: .random(in: 0...maximum, using: &source))
      }
    }

    var window: RefreshWindow {
      RefreshWindow(authenticatedAt: authenticatedAt, rotatedAt: rotatedAt, policy: policy)
    }

    /// The ends, computed in plain integers.
    var ends: (absolute: Int64, idle: Int64?) {
      let last = NumericDate.maximum.secondsSinceEpoch
      return (
        min(last, authenticatedAt.secondsSinceEpoch + policy.refreshTTL.components.seconds),
        policy.idleTTL.map { min(last, rotatedAt.secondsSinceEpoch + $0.components.seconds) }
      )
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a window closes at the earlier end, and reports which one it is`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let sample = try Case(using: &source)
      let (absolute, idle) = sample.ends
      let window = sample.window
      #expect(window.opensAt == sample.authenticatedAt)
      #expect(window.closesAt.secondsSinceEpoch == min(absolute, idle ?? absolute))
      #expect(window.boundBy == ((idle ?? absolute) < absolute ? .idle : .absolute))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a window is open if and only if now is from opensAt to before closesAt`(_ seed: UInt64)
    throws
  {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let window = try Case(using: &source).window
      var moments = [Case.date(using: &source)]
      for edge in [window.opensAt, window.closesAt] {
        moments += (-1...1).map { edge + .seconds($0) }
      }
      for now in moments {
        switch window.state(at: now) {
        case .notYetOpen(let opensIn):
          #expect(now < window.opensAt && opensIn == window.opensAt - now && opensIn > .zero)
        case .open(let remaining):
          #expect(window.opensAt <= now && now < window.closesAt)
          #expect(remaining == window.closesAt - now && remaining > .zero)
        case .closed(let bound):
          #expect(window.opensAt <= now && window.closesAt <= now && bound == window.boundBy)
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `rotations never move a window past the absolute end, nor move its opening`(
    _ seed: UInt64
  ) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let sample = try Case(using: &source)
      let absoluteEnd = sample.authenticatedAt + sample.policy.refreshTTL
      var rotatedAt = sample.authenticatedAt
      var closesAt = NumericDate.minimum
      for _ in 0..<10 {
        let window = RefreshWindow(
          authenticatedAt: sample.authenticatedAt, rotatedAt: rotatedAt, policy: sample.policy)
        #expect(window.closesAt <= absoluteEnd)
        #expect(window.opensAt == sample.authenticatedAt)
        #expect(window.closesAt >= closesAt, "a later rotation closes no earlier")
        closesAt = window.closesAt
        rotatedAt = max(rotatedAt, closesAt - .seconds(1))
      }
    }
  }
}
