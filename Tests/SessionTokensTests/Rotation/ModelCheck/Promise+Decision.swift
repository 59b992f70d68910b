// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension Promise {
  /// True when a decision breaks the promise.
  func isBroken(by event: DecisionEvent) -> Bool {
    switch self {
    case .p2: Self.replaysOtherBytes(event)
    case .p3: Self.sparesReuse(event)
    case .p4: Self.handsOutAfterTheEnd(event)
    case .p5: Self.ignoresTheWindow(event)
    case .p6: Self.turnsAwayTheHonest(event)
    case .binding: Self.takesForeignTokens(event)
    case .p1, .p7, .p8: false
    }
  }

  private static func replaysOtherBytes(_ event: DecisionEvent) -> Bool {
    guard case .replay = event.decision, let row = event.row else { return false }
    return row.rotation(of: event.token.generation)?.pair != event.handed
  }

  private static func sparesReuse(_ event: DecisionEvent) -> Bool {
    guard !event.token.isForeign, let row = event.row, event.isOpen(row),
      event.token.generation < row.record.generation
    else { return false }
    let rotation = row.rotation(of: event.token.generation)
    let rotatingKey = rotation?.key ?? 0
    if event.key == 0, rotatingKey == 0 {
      let rotatedAt = rotation?.at ?? row.movedAt
      if event.now < rotatedAt + ModelPolicy.retryGrace { return false }
    } else if event.key == rotatingKey {
      return false
    }
    if case .revoke(.reuseDetected, _) = event.decision { return event.handed != 0 }
    return true
  }

  private static func handsOutAfterTheEnd(_ event: DecisionEvent) -> Bool {
    event.handed != 0 && event.row?.isEnded == true
  }

  private static func ignoresTheWindow(_ event: DecisionEvent) -> Bool {
    guard let pair = event.pair, let row = event.row else { return false }
    let isRotation = event.decision.update != nil
    let end = row.end(movedAt: isRotation ? max(row.movedAt, event.now) : row.movedAt)
    return event.now >= event.end(of: row) || !event.clocksAgree(on: row)
      || pair.accessExpiresAt > end || pair.refreshExpiresAt > end
  }

  private static func turnsAwayTheHonest(_ event: DecisionEvent) -> Bool {
    guard event.scenario.isHonest, !event.token.isForeign, let row = event.row, event.isOpen(row)
    else { return false }
    switch event.decision {
    case .rotate, .replay: return false
    case .revoke: return true
    // The client decides the outcome, since it reads its store again.
    case .refuse(.superseded): return false
    case .refuse(let refusal): return refusal.isDefinitive
    }
  }

  private static func takesForeignTokens(_ event: DecisionEvent) -> Bool {
    guard event.token.isForeign || event.row == nil else { return false }
    guard case .refuse(let refusal) = event.decision else { return true }
    return refusal != (event.row == nil ? .unknownSession : .bindingMismatch)
  }
}
