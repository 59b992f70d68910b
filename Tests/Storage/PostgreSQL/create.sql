CREATE TABLE IF NOT EXISTS session (
  id                text   COLLATE "C" NOT NULL PRIMARY KEY,
  subject           text   COLLATE "C" NOT NULL,
  client_id         text   COLLATE "C",
  authenticated_at  bigint NOT NULL,
  rotated_at        bigint NOT NULL,
  generation        bigint NOT NULL,
  secret            text   NOT NULL,
  idempotency_keys  text   NOT NULL,
  revocation_reason text,
  revoked_at        bigint,
  version           bigint NOT NULL,
  expires_at        bigint NOT NULL
);

CREATE INDEX IF NOT EXISTS session_by_subject ON session (subject);
CREATE INDEX IF NOT EXISTS session_by_expiry ON session (expires_at);
