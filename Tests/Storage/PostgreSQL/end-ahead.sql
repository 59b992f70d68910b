UPDATE session
SET revocation_reason = 'administrator',
    revoked_at = $1,
    version = version + 1
WHERE rotated_at > $1
  AND revocation_reason IS NULL;
