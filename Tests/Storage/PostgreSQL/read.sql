SELECT id, subject, client_id, authenticated_at, rotated_at, generation, secret,
       idempotency_keys, revocation_reason, revoked_at, version
FROM session
WHERE id = $1;
