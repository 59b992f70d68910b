-- KEYS: session:ID   ARGV: now
local record = redis.call('HGET', KEYS[1], 'record')
if not record or cjson.decode(record).rotated_at <= tonumber(ARGV[1]) then
  return 0
end
return redis.call('DEL', KEYS[1])
