-- Ends a session; its account and name stay for a while.
--
-- KEYS  1 session  2 account  3 name
-- ARGV  1 ms they stay  2 the name's skeleton

redis.call('DEL', KEYS[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
-- A name given up meanwhile may be somebody else's.
if redis.call('HGET', KEYS[2], 'skeleton') == ARGV[2] then
  redis.call('PEXPIRE', KEYS[3], ARGV[1])
end
return 1
