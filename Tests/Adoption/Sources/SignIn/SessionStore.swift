// SPDX-License-Identifier: Apache-2.0

import GRDB
import SessionTokens

/// One row for each session, in an SQLite file that several servers may share.
struct SessionStore: Sendable {
  let database: DatabasePool

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    database = try DatabasePool(path: path, configuration: configuration)
    // A revocation that was answered must outlive a power cut. The pool has
    // set its writer to NORMAL, whose last commits may not.
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = FULL")
    }
    try database.write { try $0.execute(sql: Self.create) }
  }

  /// Stores a session that was just opened, and forgets those whose time has passed.
  func insert(_ record: SessionRecord, expiresAt: NumericDate, now: NumericDate) async throws {
    let row = try Self.row(record, expiresAt: expiresAt)
    try await database.write { database in
      try database.execute(sql: Self.insert, arguments: StatementArguments(row))
      try database.execute(sql: Self.expire, arguments: ["now": now.secondsSinceEpoch])
    }
  }

  func session(_ id: SessionID) async throws -> SessionRecord? {
    try await database.read { database in
      try SessionRecord.fetchOne(database, sql: Self.read, arguments: ["id": id.description])
    }
  }

  func sessionIDs(of subject: String) async throws -> [SessionID] {
    try await database.read { database in
      try String.fetchAll(database, sql: Self.bySubject, arguments: ["subject": subject])
    }.compactMap { SessionID($0) }
  }

  /// Replaces a row by compare-and-swap; false when it no longer has the expected version.
  func swap(_ update: SessionUpdate, expiresAt: NumericDate) async throws -> Bool {
    var row = try Self.row(update.record, expiresAt: expiresAt)
    row["expected_version"] = update.expectedVersion.databaseValue
    let arguments = StatementArguments(row)
    return try await database.write { database in
      try database.execute(sql: Self.swap, arguments: arguments)
      return database.changesCount == 1
    }
  }

  static func row(
    _ record: SessionRecord, expiresAt: NumericDate
  ) throws -> [String: DatabaseValue] {
    var row = try record.databaseDictionary
    row["expires_at"] = expiresAt.secondsSinceEpoch.databaseValue
    return row
  }
}
