// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The issued tokens and decisions that are needed to judge the next answer.
actor Ledger {
  /// The kinds of events that must all have happened for a run to count.
  enum Occurrence: String, CaseIterable {
    case opened, rotated, replayed, superseded, signedOut = "signed out", stolen
    case endedByReuse = "ended by reuse", unavailable, saveFailed = "saves failed"
  }

  private static let rememberedGenerations: Int64 = 6

  private var pairs: [SessionID: [Int64: TokenPair]] = [:]
  private(set) var counts: [Occurrence: Int] = [:]
  private(set) var violations: Set<Violation> = []

  func count(_ occurrence: Occurrence) {
    counts[occurrence, default: 0] += 1
  }

  func report(_ violation: Violation) {
    violations.insert(violation)
  }

  /// Notes issued tokens: those of one generation are always the same.
  func note(_ pair: TokenPair, of id: SessionID, generation: Int64) {
    if let known = pairs[id, default: [:]].updateValue(pair, forKey: generation), known != pair {
      violations.insert(.differentReplay)
    }
    pairs[id]?[generation - Self.rememberedGenerations] = nil
  }

  func forget(_ id: SessionID) {
    pairs[id] = nil
  }
}
