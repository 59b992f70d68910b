-- KEYS: session:ID
return redis.call('HGET', KEYS[1], 'record')
