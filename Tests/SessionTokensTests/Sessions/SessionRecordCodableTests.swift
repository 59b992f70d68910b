// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

/// The persisted form of a row, which must stay that of rows stored years ago.
@Suite struct SessionRecordCodableTests {
  static let living = """
    {"authenticated_at":1800000000,"generation":7,"id":"AAAAAAAAAAAAAAAAAAAAAA",\
    "idempotency_keys":"","rotated_at":1800000900,\
    "secret":"paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU","subject":"user-1","version":9}
    """
  static let ended = """
    {"authenticated_at":1800000000,"client_id":"app","generation":7,\
    "id":"AAAAAAAAAAAAAAAAAAAAAA","idempotency_keys":"aaaaaaaaaaaaaaaa,,bbbbbbbbbbbbbbbb",\
    "revocation_reason":"signed_out","revoked_at":1800000950,"rotated_at":1800000900,\
    "secret":"paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU","subject":"user-1","version":9}
    """

  static func json(_ record: SessionRecord?) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }

  static func record(_ json: String) throws -> SessionRecord {
    try JSONDecoder().decode(SessionRecord.self, from: Data(json.utf8))
  }

  static let endedRecord = AuthorityFixture.record(
    keys: "aaaaaaaaaaaaaaaa,,bbbbbbbbbbbbbbbb", reason: .signedOut, revokedAt: 1_800_000_950)

  @Test func `a record's columns are flat, named in snake_case, and absent without a value`() throws
  {
    #expect(try Self.json(AuthorityFixture.record(clientID: nil)) == Self.living)
    #expect(try Self.json(Self.endedRecord) == Self.ended)
  }

  @Test func `a stored row is read back`() throws {
    #expect(try Self.record(Self.living) == AuthorityFixture.record(clientID: nil))
    #expect(try Self.record(Self.ended) == Self.endedRecord)
  }

  @Test func `every row comes back as it was`() throws {
    for row in SessionRecordTests.rows {
      #expect(try Self.record(Self.json(row)) == row)
    }
  }

  @Test func `numbers at both ends of 64 bits come back as they were`() throws {
    for number in [Int64.min, -1, 0, .max] {
      let row = AuthorityFixture.record(
        authenticatedAt: .min, rotatedAt: .max, generation: number, version: number)
      #expect(try Self.record(Self.json(row)) == row)
    }
  }

  @Test func `a column without a value may be null`() throws {
    let nulls = #"{"client_id":null,"revocation_reason":null,"revoked_at":null,"#
    #expect(
      try Self.record(nulls + Self.living.dropFirst()) == AuthorityFixture.record(clientID: nil))
  }

  @Test(arguments: [
    "authenticated_at", "generation", "id", "idempotency_keys", "rotated_at", "secret", "subject",
    "version",
  ])
  func `a column that must have a value is required`(_ name: String) throws {
    var row = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.living.utf8)) as? [String: Any])
    #expect(row.removeValue(forKey: name) != nil)
    let data = try JSONSerialization.data(withJSONObject: row)
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(SessionRecord.self, from: data)
    }
    guard case .keyNotFound(let key, _) = error else { throw error }
    #expect(key.stringValue == name)
  }

  @Test(arguments: [
    ("\"id\":\"AAAAAAAAAAAAAAAAAAAAAA\"", "\"id\":\"AAAAAAAAAAAAAAAAAAAAAB\""),
    ("\"version\":9", "\"version\":\"9\""),
    ("\"version\":9", "\"version\":9.5"),
    ("\"generation\":7", "\"generation\":9223372036854775808"),
    ("\"rotated_at\":1800000900", "\"rotated_at\":-1"),
    ("\"rotated_at\":1800000900", "\"rotated_at\":253402300800"),
    ("\"revoked_at\":1800000950", "\"revoked_at\":1800000950000"),
    ("\"revocation_reason\":\"signed_out\"", "\"revocation_reason\":\"signed out\""),
    ("\"idempotency_keys\":\"aaaaaaaaaaaaaaaa", "\"idempotency_keys\":\"aaaaaaaaaaaaaaa"),
    ("\"secret\":\"paWl", "\"secret\":\"paW"),
    ("\"subject\":\"user-1\"", "\"subject\":1"),
  ])
  func `a column of another form is refused`(_ column: String, _ replacement: String) throws {
    let json = Self.ended.replacingOccurrences(of: column, with: replacement)
    #expect(json != Self.ended)
    #expect(throws: DecodingError.self) { try Self.record(json) }
  }

  /// From 2^53 on, where not every integer is a double, Foundation's decoder drops a fraction.
  @Test func `a counter with a fraction is refused, or read without it`() {
    for fraction in ["0", "07", "5", "999"] {
      let json = Self.living.replacingOccurrences(
        of: "\"generation\":7", with: "\"generation\":9223372467587305.\(fraction)")
      #expect(json != Self.living)
      let record = try? Self.record(json)
      #expect(record == nil || record?.generation == 9_223_372_467_587_305)
    }
  }

  @Test func `a record's coding keys are the columns, for servers that store each separately`() {
    #expect(
      SessionRecord.CodingKeys.allCases.map(\.rawValue) == [
        "id", "subject", "client_id", "authenticated_at", "rotated_at", "generation", "secret",
        "idempotency_keys", "revocation_reason", "revoked_at", "version",
      ])
  }
}
