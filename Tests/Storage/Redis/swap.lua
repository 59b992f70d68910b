-- KEYS: session:ID   ARGV: expected version, version, record, expires_at
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'record', ARGV[3])
redis.call('EXPIREAT', KEYS[1], ARGV[4])
return 1
