-- Notes that a session was used: it, its account and its name live on from now.
--
-- KEYS  1 session  2 account  3 name
-- ARGV  1 now in ms  2 ms a session lives  3 ms a name lives
-- Returns  1 when the session is there, else 0

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'used', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1
