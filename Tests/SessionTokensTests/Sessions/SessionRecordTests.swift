// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// The identity of a row.
@Suite struct SessionRecordTests {
  static let rows: [SessionRecord?] = [
    AuthorityFixture.record(),
    AuthorityFixture.record(id: "AAAAAAAAAAAAAAAAAAAAAQ"),
    AuthorityFixture.record(subject: "user-2"),
    AuthorityFixture.record(clientID: nil),
    AuthorityFixture.record(clientID: "app2"),
    AuthorityFixture.record(authenticatedAt: 1_800_000_001),
    AuthorityFixture.record(rotatedAt: 1_800_000_901),
    AuthorityFixture.record(generation: 8),
    AuthorityFixture.record(secretByte: 0xa4),
    AuthorityFixture.record(keys: "aaaaaaaaaaaaaaaa"),
    AuthorityFixture.record(reason: .signedOut),
    AuthorityFixture.record(reason: .administrator),
    AuthorityFixture.record(revokedAt: 1_800_000_900),
    AuthorityFixture.record(version: 10),
  ]

  @Test func `two records are equal when every column is`() throws {
    for (index, row) in Self.rows.enumerated() {
      let row = try #require(row)
      for (other, otherRow) in Self.rows.enumerated() {
        #expect((row == otherRow) == (index == other), "\(index) and \(other)")
      }
    }
    #expect(Set(Self.rows).count == Self.rows.count)
  }

  @Test func `subjects and clients compare by their bytes`() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    #expect(composed == decomposed)
    let record = try #require(AuthorityFixture.record(subject: composed, clientID: composed))
    #expect(record != AuthorityFixture.record(subject: decomposed, clientID: composed))
    #expect(record != AuthorityFixture.record(subject: composed, clientID: decomposed))
    #expect(record == AuthorityFixture.record(subject: composed, clientID: composed))
  }

  @Test func `a record has the values that it was created with`() throws {
    let record = try #require(
      AuthorityFixture.record(
        keys: "aaaaaaaaaaaaaaaa", reason: .signedOut, revokedAt: 1_800_000_950))
    #expect(record.id == SessionID("AAAAAAAAAAAAAAAAAAAAAA"))
    #expect(record.subject == "user-1")
    #expect(record.clientID == "app")
    #expect(record.authenticatedAt.secondsSinceEpoch == 1_800_000_000)
    #expect(record.rotatedAt.secondsSinceEpoch == 1_800_000_900)
    #expect(record.generation == 7)
    #expect(record.secret.bytes == [UInt8](repeating: 0xa5, count: 32))
    #expect(record.idempotencyKeys.rawValue == "aaaaaaaaaaaaaaaa")
    #expect(record.revocationReason == .signedOut)
    #expect(record.revokedAt?.secondsSinceEpoch == 1_800_000_950)
    #expect(record.version == 9)
  }

  @Test func `a record's description has the session, its counters and the reason of its end`()
    throws
  {
    #expect(
      try #require(AuthorityFixture.record()).description
        == "SessionRecord(id: AAAAAAAAAAAAAAAAAAAAAA, generation: 7, version: 9)")
    #expect(
      try #require(AuthorityFixture.record(reason: .signedOut)).description
        == "SessionRecord(id: AAAAAAAAAAAAAAAAAAAAAA, generation: 7, version: 9, "
        + "revoked: signed_out)")
  }
}
