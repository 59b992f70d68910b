// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as a policy, a record as a store may hold it, and requests about it one after another.
func fuzzRotation(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  var run = RotationRun(&input)
  // A record can be anything, so that a few requests reach every row after every other.
  for _ in 0..<4 where !input.isEmpty { run.step(&input) }
}

extension FuzzInput {
  /// A policy: any that is allowed.
  mutating func policy() -> RotationPolicy {
    let access = Int64(1 + short())
    let refresh = min(access + Int64(short()) * pick([1, 60, 86_400]), 3_155_760_000)
    let idle = flag() && access < refresh ? min(access + 1 + Int64(short()), refresh) : nil
    let grace = Int64(short()) % access
    let skew = Int64(short() % 601)
    return fixture {
      try RotationPolicy(
        accessTTL: .seconds(access), refreshTTL: .seconds(refresh),
        idleTTL: idle.map { .seconds($0) }, retryGrace: .seconds(grace),
        clockSkew: .seconds(skew))
    }
  }

  /// The key of a request: one of three, none, or one that counts as absent.
  mutating func idempotencyKey() -> String? {
    pick(RotationRun.keys + [nil, nil, "short", "sixteen or more and spaces"])
  }

  /// A column of keys as a store may hold it.
  mutating func idempotencyKeys() -> IdempotencyKeys {
    var keys = (0..<choice(5)).map { _ in IdempotencyKeys.accepted(idempotencyKey()) ?? "" }
    while keys.last?.isEmpty == true { keys.removeLast() }
    return fixture(IdempotencyKeys(rawValue: keys.joined(separator: ",")))
  }

  /// A record, any value of which can be extreme.
  mutating func record() -> SessionRecord {
    let authenticatedAt = date(near: FuzzKeys.now)
    let isRevoked = choice(8) == 0
    return SessionRecord(
      id: RotationRun.sessionID, subject: "user", clientID: flag() ? "app" : nil,
      authenticatedAt: authenticatedAt, rotatedAt: date(near: authenticatedAt),
      generation: integer(near: 5), secret: RotationRun.secret,
      idempotencyKeys: idempotencyKeys(),
      revocationReason: isRevoked && flag() ? .signedOut : nil,
      revokedAt: isRevoked ? date(near: authenticatedAt) : nil, version: integer(near: 3))
  }
}
