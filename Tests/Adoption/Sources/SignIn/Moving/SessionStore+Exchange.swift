// SPDX-License-Identifier: Apache-2.0

import GRDB
import SessionTokens

extension SessionStore {
  static let createExchangedTable = """
    CREATE TABLE IF NOT EXISTS exchanged_token (
      name TEXT NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    """

  static let insertExchanged = """
    INSERT INTO exchanged_token (name) VALUES (:name)
    ON CONFLICT (name) DO NOTHING;
    """

  /// Creates the table of the tokens that were exchanged.
  func createExchanged() throws {
    try database.write { try $0.execute(sql: Self.createExchangedTable) }
  }

  /// Stores a session and uses up the token it was opened for, in one
  /// transaction; false when that token was used before.
  func insert(
    _ record: SessionRecord, expiresAt: NumericDate,
    exchangedFor tokenName: String
  ) async throws -> Bool {
    let row = try Self.row(record, expiresAt: expiresAt)
    return try await database.write { database in
      try database.execute(
        sql: Self.insertExchanged, arguments: ["name": tokenName])
      guard database.changesCount == 1 else { return false }
      try database.execute(
        sql: Self.insert, arguments: StatementArguments(row))
      return true
    }
  }
}
