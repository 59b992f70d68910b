UPDATE session
SET rotated_at = $3,
    generation = $4,
    idempotency_keys = $5,
    revocation_reason = $6,
    revoked_at = $7,
    version = $8,
    expires_at = $9
WHERE id = $1
  AND version = $2;
