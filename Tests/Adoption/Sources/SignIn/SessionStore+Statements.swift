// SPDX-License-Identifier: Apache-2.0

/// The statements: the texts of `Tests/Storage/SQLite`, which are tested with many writers.
extension SessionStore {
  static let create = """
    CREATE TABLE IF NOT EXISTS session (
      id                TEXT    NOT NULL PRIMARY KEY,
      subject           TEXT    NOT NULL,
      client_id         TEXT,
      authenticated_at  INTEGER NOT NULL,
      rotated_at        INTEGER NOT NULL,
      generation        INTEGER NOT NULL,
      secret            TEXT    NOT NULL,
      idempotency_keys  TEXT    NOT NULL,
      revocation_reason TEXT,
      revoked_at        INTEGER,
      version           INTEGER NOT NULL,
      expires_at        INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX IF NOT EXISTS session_by_subject ON session (subject);
    CREATE INDEX IF NOT EXISTS session_by_expiry ON session (expires_at);
    """

  static let insert = """
    INSERT INTO session (
      id, subject, client_id, authenticated_at, rotated_at, generation, secret,
      idempotency_keys, revocation_reason, revoked_at, version, expires_at
    ) VALUES (
      :id, :subject, :client_id, :authenticated_at, :rotated_at, :generation,
      :secret,
      :idempotency_keys, :revocation_reason, :revoked_at, :version, :expires_at
    );
    """

  static let read = """
    SELECT id, subject, client_id, authenticated_at, rotated_at, generation, secret,
           idempotency_keys, revocation_reason, revoked_at, version
    FROM session
    WHERE id = :id;
    """

  static let bySubject = """
    SELECT id
    FROM session
    WHERE subject = :subject
    ORDER BY id;
    """

  static let swap = """
    UPDATE session
    SET rotated_at = :rotated_at,
        generation = :generation,
        idempotency_keys = :idempotency_keys,
        revocation_reason = :revocation_reason,
        revoked_at = :revoked_at,
        version = :version,
        expires_at = :expires_at
    WHERE id = :id
      AND version = :expected_version;
    """

  static let expire = """
    DELETE FROM session
    WHERE expires_at <= :now;
    """
}
