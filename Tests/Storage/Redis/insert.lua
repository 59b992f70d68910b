-- KEYS: session:ID   ARGV: version, record, expires_at
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'record', ARGV[2])
redis.call('EXPIREAT', KEYS[1], ARGV[3])
return 1
