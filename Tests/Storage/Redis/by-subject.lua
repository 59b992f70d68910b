-- KEYS: sessions-of:SUBJECT
return redis.call('ZRANGE', KEYS[1], 0, -1)
