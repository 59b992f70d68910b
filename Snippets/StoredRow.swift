// SPDX-License-Identifier: Apache-2.0

// The row of one session from sign-in to sign-out: what a host writes, one JSON object a line.
//
// `swift run StoredRow` prints it, and the storage recipes are tested with it. The session's secret is
// a known one here, so that it may be printed.

import Foundation
import SessionTokens

/// One write: an insert where there is no expected version, else a compare-and-swap.
struct Write: Encodable {
  let expectedVersion: Int64?
  let record: SessionRecord
  let expiresAt: NumericDate

  enum CodingKeys: String, CodingKey {
    case expectedVersion = "expected_version"
    case record
    case expiresAt = "expires_at"
  }
}

/// A source of known numbers.
struct Counter: RandomNumberGenerator {
  private var number: UInt64 = 0

  mutating func next() -> UInt64 {
    number &+= 0x0123_4567_89ab_cdef
    return number
  }
}

var counter = Counter()
var now = NumericDate(clamping: 1_795_000_000)
var authority = try SessionAuthority(
  issuer: "https://id.example.com", audience: "https://api.example.com",
  accessKeys: KeyRing(active: .random(id: "access-2026-11")),
  refreshKeys: KeyRing(active: .random(id: "refresh-2026-11")),
  policy: RotationPolicy(
    accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400), idleTTL: .seconds(90 * 86_400)),
  clock: .fixed(now))

let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]

/// A row goes a day after its session has ended, so that a late request still hears why.
@MainActor func write(_ record: SessionRecord, expectedVersion: Int64? = nil) throws {
  let write = Write(
    expectedVersion: expectedVersion, record: record,
    expiresAt: authority.refreshWindow(of: record).closesAt + .seconds(86_400))
  print(String(decoding: try encoder.encode(write), as: UTF8.self))
}

var (tokens, record) = try authority.openSession(
  subject: "user-42", clientID: "app", using: &counter)
try write(record)

for day in 1...3 {
  now = now + .seconds(86_400)
  authority.clock = .fixed(now)
  let decision = authority.rotate(
    try authority.verifyRefresh(tokens.refreshToken), record: record,
    idempotencyKey: "key-of-day-\(day)-0000", claims: .empty)
  if let update = decision.update {
    record = update.record
    try write(record, expectedVersion: update.expectedVersion)
  }
  tokens = try decision.answer.get()
}

if let update = authority.revoke(record, reason: .signedOut) {
  try write(update.record, expectedVersion: update.expectedVersion)
}
