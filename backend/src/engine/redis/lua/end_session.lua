-- Ends a session; its account and name stay for a while.
--
-- KEYS  1 session  2 account  3 name
-- ARGV  1 ms they stay

redis.call('DEL', KEYS[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[1])
return 1
