// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// One call of `rotate` and its outcome.
struct DecisionEvent {
  let scenario: ModelScenario
  let token: ModelToken
  /// The number of the presented key, 0 for none.
  let key: Int
  /// The row as the server read it, or none.
  let row: ModelRow?
  /// The server's clock.
  let now: Int64
  let decision: RotationDecision
  /// The number of the issued pair, 0 for none, and the pair.
  let handed: Int
  let pair: ModelToken?

  /// The window's end, for the presented token.
  func end(of row: ModelRow) -> Int64 {
    let isAhead = token.generation > row.record.generation
    return row.end(movedAt: isAhead ? max(row.movedAt, token.issuedAt) : row.movedAt)
  }

  /// True when the server's clock is behind the dates it has read by the skew at most.
  func clocksAgree(on row: ModelRow) -> Bool {
    now >= max(row.movedAt, token.issuedAt) - ModelPolicy.clockSkew
  }

  /// True when the session lives and its window is open.
  func isOpen(_ row: ModelRow) -> Bool {
    !row.isEnded && clocksAgree(on: row) && now < end(of: row)
  }
}
