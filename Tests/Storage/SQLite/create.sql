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
