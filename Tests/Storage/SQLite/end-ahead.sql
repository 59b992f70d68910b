UPDATE session
SET revocation_reason = 'administrator',
    revoked_at = :now,
    version = version + 1
WHERE rotated_at > :now
  AND revocation_reason IS NULL;
