INSERT INTO session (
  id, subject, client_id, authenticated_at, rotated_at, generation, secret,
  idempotency_keys, revocation_reason, revoked_at, version, expires_at
) VALUES (
  :id, :subject, :client_id, :authenticated_at, :rotated_at, :generation,
  :secret,
  :idempotency_keys, :revocation_reason, :revoked_at, :version, :expires_at
);
