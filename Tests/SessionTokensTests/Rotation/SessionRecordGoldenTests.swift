// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// The persisted form of a session record, which servers have in their stores.
///
/// `session_record_v1.json` was not written by this package and never changes: a version that
/// cannot read it signs every user out, and one that writes another form does so when it is rolled
/// back.
@Suite struct SessionRecordGoldenTests {
  private struct Golden: Decodable {
    let records: [SessionRecord]
  }

  @Test(arguments: 0..<4)
  func `a stored record is read as it was, member by member`(_ index: Int) throws {
    let decoded = try VectorFile.load("session_record_v1", as: Golden.self).records[index]
    let expected = try Self.records()[index]
    #expect(decoded == expected)
    #expect(Array(decoded.subject.utf8) == Array(expected.subject.utf8))
    #expect(decoded.secret.bytes == expected.secret.bytes)
    #expect(decoded.idempotencyKeys.rawValue == expected.idempotencyKeys.rawValue)
  }

  @Test(arguments: 0..<4)
  func `a record is written with the same members as the stored one`(_ index: Int) throws {
    let stored = try #require(
      VectorFile.json("session_record_v1")["records"]?.array?[index])
    let written = try JSONValue(parsing: encode(Self.records()[index]))
    #expect(stored.difference(from: written) == nil)
  }

  @Test(arguments: 0..<4)
  func `columns without a value may be null as well as absent`(_ index: Int) throws {
    let record = try Self.records()[index]
    var row = try #require(JSONValue(parsing: encode(record)).object)
    for column in ["client_id", "revocation_reason", "revoked_at"] where row[column] == nil {
      row[column] = .null
    }
    #expect(try decode(row) == record)
    row["column_of_a_newer_version"] = "ignored"
    #expect(try decode(row) == record)
  }

  @Test(arguments: SessionRecord.CodingKeys.allCases.map(\.rawValue))
  func `a required column without a value is refused`(_ column: String) throws {
    let record = try Self.records()[3]
    var row = try #require(JSONValue(parsing: encode(record)).object)
    row[column] = nil
    if ["client_id", "revocation_reason", "revoked_at"].contains(column) {
      #expect(try decode(row) != record)
    } else {
      #expect(throws: DecodingError.self) { try decode(row) }
    }
  }

  @Test(
    arguments: [
      ("id", "AAECAwQFBgcICQoLDA0OD_"), ("id", ""), ("secret", "AAECAwQFBgcICQoLDA0ODw"),
      ("secret", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), ("idempotency_keys", "short"),
      ("idempotency_keys", "key-of-gen-7-000,key-of-gen-6-0"),
      ("revocation_reason", ""), ("revocation_reason", "two words"), ("rotated_at", -1),
      ("authenticated_at", 253_402_300_800), ("revoked_at", 1_800_000_000_000),
      ("generation", "0"), ("generation", 0.5), ("version", .null),
    ] as [(String, JSONValue)])
  func `a column of another form is refused, and no key or secret is quoted`(
    _ column: String, _ value: JSONValue
  ) throws {
    var row = try #require(JSONValue(parsing: encode(Self.records()[1])).object)
    row[column] = value
    let error = try #require(throws: DecodingError.self) { try decode(row) }
    if ["secret", "idempotency_keys"].contains(column) {
      #expect(try !"\(error)".contains(#require(value.string)))
    }
  }

  private func encode(_ record: SessionRecord) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(record)
  }

  private func decode(_ row: JSONObject) throws -> SessionRecord {
    let text = JSONValue.object(row).serialized()
    return try JSONDecoder().decode(SessionRecord.self, from: Data(text))
  }

  private static func records() throws -> [SessionRecord] {
    [
      try draft(0, secret: (0..<32).map { $0 }).record,
      try edited(draft(240, secret: (0..<32).map { 0xe0 &+ $0 })) {
        $0.subject = "am\u{e9}lie \"\\/\u{2028}\u{1f511} ame\u{301}lie"
        $0.clientID = "app"
        $0.rotatedAt = $0.authenticatedAt + .seconds(86_400)
        $0.generation = 7
        $0.idempotencyKeys = try keys(RotationScene.keys)
        $0.version = 11
      },
      try edited(draft(nil, secret: Array(repeating: 0, count: 32))) {
        $0.subject = "user-3"
        $0.clientID = "web"
        $0.rotatedAt = $0.authenticatedAt + .seconds(86_400)
        $0.generation = 3
        $0.idempotencyKeys = try keys(["", "", "key-of-gen-1-000"])
        $0.revocationReason = .reuseDetected
        $0.revokedAt = $0.authenticatedAt + .seconds(90_000)
        $0.version = 4
      },
      try edited(draft(255, secret: Array(repeating: 255, count: 32))) {
        $0.id = try #require(SessionID("_____________________w"))
        $0.subject = "user-4"
        $0.clientID = "app"
        $0.authenticatedAt = .minimum
        $0.rotatedAt = .maximum
        $0.generation = .max
        $0.idempotencyKeys = try keys(
          ["Z", "z", "9", "_"].map { String(repeating: $0, count: 64) })
        $0.revocationReason = RevocationReason(rawValue: "a.host-s_0wn")
        $0.revokedAt = .maximum
        $0.version = .min
      },
    ]
  }

  /// A session that was just opened, its ID 16 bytes that count up, or 16 zeros.
  private static func draft(_ first: UInt8?, secret: [UInt8]) throws -> RecordDraft {
    let bytes = (0..<16 as Range<UInt8>).map { index in first.map { $0 &+ index } ?? 0 }
    return RecordDraft(
      id: try #require(SessionID(Base64URL.encode(bytes))), clientID: nil,
      authenticatedAt: RotationScene.signIn, rotatedAt: RotationScene.signIn, generation: 0,
      secret: try #require(SessionSecret(bytes: secret)))
  }

  private static func edited(
    _ draft: RecordDraft, _ edit: (inout RecordDraft) throws -> Void
  ) throws -> SessionRecord {
    var draft = draft
    try edit(&draft)
    return draft.record
  }

  private static func keys(_ keys: [String]) throws -> IdempotencyKeys {
    try #require(IdempotencyKeys(rawValue: keys.joined(separator: ",")))
  }
}
