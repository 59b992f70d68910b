// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The facts about a request and a record, computed in plain numbers.
struct RotationFacts {
  let isBound: Bool
  /// The number of generations by which the token is behind the record; negative when ahead.
  let behind: Int64
  /// The session lives, its window is open, the clocks agree and the token is the session's.
  let mayHaveTokens: Bool
  /// The request is the one that created the record's generation, or counts as it.
  let isRetry: Bool
  /// The request was answered generations ago.
  let isLateCopy: Bool

  init(
    _ request: RotationRequest, _ record: SessionRecord, _ now: NumericDate,
    _ policy: RotationPolicy
  ) {
    let token = request.presented
    let time = now.secondsSinceEpoch
    let end = NumericDate.maximum.secondsSinceEpoch
    let skew = policy.clockSkew.components.seconds
    let rotatedAt = record.rotatedAt.secondsSinceEpoch
    let issuedAt = token.claims.issuedAt.secondsSinceEpoch
    let isAhead = token.generation > record.generation
    let used = isAhead ? max(rotatedAt, issuedAt) : rotatedAt
    let absoluteEnd =
      record.authenticatedAt.secondsSinceEpoch + policy.refreshTTL.components.seconds
    let idleEnd = policy.idleTTL.map { used + $0.components.seconds } ?? .max
    // Dates saturate at the year 9999.
    let isOpen = time < min(absoluteEnd, idleEnd, end)
    let isSkewed = issuedAt > min(time + skew, end) || time < max(rotatedAt - skew, 0)
    let isRevoked = record.revocationReason != nil || record.revokedAt != nil

    isBound = request.isBound
    behind =
      isAhead
      ? -1 : token.generation == record.generation ? 0 : record.generation - token.generation
    mayHaveTokens = isBound && !isRevoked && !isSkewed && isOpen

    let texts = record.idempotencyKeys.rawValue.split(
      separator: ",", omittingEmptySubsequences: false)
    let index = Int(clamping: behind - 1)
    let remembered = texts.indices.contains(index) && !texts[index].isEmpty ? texts[index] : nil
    let isKey = request.key.map { RotationRun.keys.contains($0) } ?? false
    let given = isKey ? request.key : nil
    let isSameKey = given != nil && remembered.map { given == String($0) } ?? false
    let isGrace =
      given == nil && remembered == nil
      && time < min(rotatedAt + policy.retryGrace.components.seconds, end)
    isRetry = behind == 1 && (isSameKey || isGrace)
    isLateCopy = behind > 1 && isSameKey
  }
}
