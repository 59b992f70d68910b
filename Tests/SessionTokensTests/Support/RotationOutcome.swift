// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A decision without its tokens.
enum RotationOutcome: Equatable, Sendable, CustomTestStringConvertible {
  case rotate(to: Int64)
  case replay
  case revoke(behind: Int64, age: Int64)
  case refuse(Refusal)

  init(_ decision: RotationDecision) {
    switch decision {
    case .rotate(_, let update): self = .rotate(to: update.record.generation)
    case .replay: self = .replay
    case .revoke(.reuseDetected(let behind, let age), _):
      self = .revoke(behind: behind, age: age.components.seconds)
    case .revoke(let refusal, _): self = .refuse(refusal)
    case .refuse(let refusal): self = .refuse(refusal)
    }
  }

  var testDescription: String {
    switch self {
    case .rotate(let generation): "rotate to \(generation)"
    case .replay: "replay"
    case .revoke(let behind, let age): "revoke, \(behind) behind, \(age) s after"
    case .refuse(let refusal): "refuse \(refusal.code.rawValue)"
    }
  }
}

extension RotationDecision {
  var outcome: RotationOutcome { RotationOutcome(self) }
}
