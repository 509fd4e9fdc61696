-- Lists a room under its name.
--
-- KEYS  1 names (skeleton to id)  2 rooms (id to name)  3 names in lower case  4 ids in order
-- ARGV  1 id  2 name  3 skeleton  4 name in lower case
-- Returns  1 when it stands (also when it stood already), 0 when another room has the name

local holder = redis.call('HGET', KEYS[1], ARGV[3])
if holder then
  return holder == ARGV[1] and 1 or 0
end
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
redis.call('ZADD', KEYS[4], 0, ARGV[1])
return 1
