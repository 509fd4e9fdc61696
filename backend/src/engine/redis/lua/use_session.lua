-- Notes that a session was used: it, its account and its name live on from now.
--
-- KEYS  1 session  2 account  3 name
-- ARGV  1 now in ms  2 ms a session lives  3 ms a name lives  4 the name's skeleton
-- Returns  1 when the session is there, else 0

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'used', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
-- A name given up meanwhile may be somebody else's.
if redis.call('HGET', KEYS[2], 'skeleton') == ARGV[4] then
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
end
return 1
