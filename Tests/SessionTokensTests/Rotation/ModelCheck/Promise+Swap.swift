// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension Promise {
  /// True when a write breaks the promise.
  func isBroken(by event: SwapEvent) -> Bool {
    switch self {
    case .p1: Self.rotatesTwice(event)
    case .p4: Self.undoesTheEnd(event)
    case .p7: Self.goesBackwards(event)
    case .p2, .p3, .p5, .p6, .p8, .binding: false
    }
  }

  /// True when the thief and the user share more generations than the promise allows.
  ///
  /// - Parameters:
  ///   - user: The generations that the user received, one bit each.
  ///   - thief: Those that the thief received, all of them newer than the stolen one.
  ///   - withKey: Whether the key was stolen as well.
  /// - Returns: True when the promise is broken.
  func isBroken(bySharing user: Int, _ thief: Int, withKey: Bool) -> Bool {
    self == .p3 && (user & thief).nonzeroBitCount > (withKey ? 1 : 0)
  }

  /// True when an honest client has signed out for a reason other than the end of its session.
  func isBroken(bySignOutOn refusal: ModelRefusal, _ scenario: ModelScenario) -> Bool {
    self == .p6 && scenario.isHonest && refusal == .token
  }

  /// True when concurrent presentations of one token got different answers.
  ///
  /// - Parameters:
  ///   - pairs: The numbers of the pairs in the responses so far, 0 for none.
  ///   - isComplete: Whether all are answered.
  ///   - rotations: The number of rotations of the row.
  /// - Returns: True when the promise is broken.
  func isBroken(byAnswers pairs: [Int], isComplete: Bool, rotations: Int) -> Bool {
    guard self == .p8, let first = pairs.first else { return false }
    return first == 0 || pairs.contains { $0 != first } || rotations > 1
      || isComplete && rotations != 1
  }

  private static func rotatesTwice(_ event: SwapEvent) -> Bool {
    guard let generation = event.rotated else { return false }
    return event.before.rotation(of: generation) != nil
  }

  private static func undoesTheEnd(_ event: SwapEvent) -> Bool {
    event.before.isEnded && event.rotated != nil
  }

  private static func goesBackwards(_ event: SwapEvent) -> Bool {
    let (before, after) = (event.before.record, event.after.record)
    return after.generation < before.generation || after.rotatedAt < before.rotatedAt
      || after.version < before.version
  }
}
