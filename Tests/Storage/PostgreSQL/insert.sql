INSERT INTO session (
  id, subject, client_id, authenticated_at, rotated_at, generation, secret,
  idempotency_keys, revocation_reason, revoked_at, version, expires_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
