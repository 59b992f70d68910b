// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension DecisionEvent {
  /// The outcome of the request, for the list of outcomes that an exploration has reached.
  var outcome: ModelDecision.Outcome {
    switch decision {
    case .rotate:
      token.generation == row?.record.generation ? .rotated : .rotatedAhead
    case .replay:
      key == 0 ? .replayedInGrace : .replayedByKey
    case .revoke:
      .reuseDetected
    case .refuse(let refusal):
      switch refusal {
      case .superseded: .superseded
      case .windowClosed: .windowClosed
      case .clockSkew: .clockSkew
      case .revoked: .revoked
      case .bindingMismatch: .bindingMismatch
      default: .unknownSession
      }
    }
  }
}
