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
