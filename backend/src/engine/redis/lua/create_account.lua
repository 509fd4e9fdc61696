-- Takes a name for a new account and begins its session.
--
-- KEYS  1 name  2 account  3 session
-- ARGV  1 person  2 name  3 skeleton  4 now in ms  5 ms a session lives  6 ms a name lives
-- Returns  1 when it stands (also when it stood already), 0 when somebody else has the name

local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[6])
redis.call('HSET', KEYS[2], 'name', ARGV[2], 'skeleton', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
redis.call('HSET', KEYS[3], 'person', ARGV[1], 'used', ARGV[4])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
return 1
