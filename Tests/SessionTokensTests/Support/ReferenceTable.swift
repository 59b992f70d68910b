// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The decision table of `RotationTable.swift` and the article "How rotation decides", as data on
/// plain numbers, rows in its order: a second opinion.
///
/// Rows 1 and 2 have no arithmetic in them; the caller passes `isBound`.
struct ReferenceTable: Sendable {
  /// `t` and `g` of the table.
  var t: Int64
  var g: Int64
  var now: Int64
  var issuedAt: Int64
  var authenticatedAt: Int64
  var rotatedAt: Int64
  var key: String?
  /// The keys of the requests that created the generations g, g-1, g-2, g-3.
  var remembered: [String?] = []
  var revocation: RevocationReason?
  var isBound = true
  var policy: RotationPolicy

  /// The number of the first row that holds, and its decision.
  var decision: (row: Int, outcome: RotationOutcome) {
    if !isBound { return (2, .refuse(.bindingMismatch)) }
    if let revocation { return (3, .refuse(.revoked(revocation))) }
    if let bound = closedBy { return (4, .refuse(.windowClosed(by: bound))) }
    if isSkewed { return (5, .refuse(.clockSkew)) }
    if t >= g { return (6, .rotate(to: t == .max ? .max : t + 1)) }
    if g - t == 1, key != nil, key == rotatingKey { return (7, .replay) }
    if g - t == 1, key == nil, rotatingKey == nil, now < year9999(rotatedAt + retryGrace) {
      return (8, .replay)
    }
    if g - t > 1, key != nil, key == rotatingKey { return (9, .refuse(.superseded)) }
    return (10, .revoke(behind: g - t, age: max(0, now - rotatedAt)))
  }

  private var isSkewed: Bool {
    let skew = policy.clockSkew.components.seconds
    return issuedAt - now > skew || rotatedAt - now > skew
  }

  private var closedBy: RefreshWindow.Bound? {
    let absoluteEnd = year9999(authenticatedAt + policy.refreshTTL.components.seconds)
    let lastUse = t > g ? max(rotatedAt, issuedAt) : rotatedAt
    let idleEnd = policy.idleTTL.map { year9999(lastUse + $0.components.seconds) } ?? absoluteEnd
    if now < min(absoluteEnd, idleEnd) { return nil }
    return absoluteEnd <= idleEnd ? .absolute : .idle
  }

  /// The key of the request that rotated `t`, while it is remembered.
  private var rotatingKey: String? {
    let age = g - t - 1
    return age < Int64(remembered.count) ? remembered[Int(age)] : nil
  }

  private var retryGrace: Int64 { policy.retryGrace.components.seconds }

  private func year9999(_ seconds: Int64) -> Int64 {
    min(seconds, NumericDate.maximum.secondsSinceEpoch)
  }
}
