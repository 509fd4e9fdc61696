-- Gives an account another name: the new one is taken and the old one free in one step.
--
-- KEYS  1 session  2 account  3 old name  4 new name
-- ARGV  1 person  2 new name  3 its skeleton  4 the old name's skeleton
--       5 now in ms  6 ms a session lives  7 ms a name lives
-- Returns  'renamed', 'taken' (somebody else has the name), 'ended' (no such session), or 'moved'
--          (the account goes by another name than the old one named here)

if redis.call('HGET', KEYS[1], 'person') ~= ARGV[1] then
  return 'ended'
end
if redis.call('HGET', KEYS[2], 'skeleton') ~= ARGV[4] then
  return 'moved'
end
local holder = redis.call('GET', KEYS[4])
if holder and holder ~= ARGV[1] then
  return 'taken'
end
if KEYS[3] ~= KEYS[4] and redis.call('GET', KEYS[3]) == ARGV[1] then
  redis.call('DEL', KEYS[3])
end
redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[7])
redis.call('HSET', KEYS[2], 'name', ARGV[2], 'skeleton', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[7])
redis.call('HSET', KEYS[1], 'used', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 'renamed'
