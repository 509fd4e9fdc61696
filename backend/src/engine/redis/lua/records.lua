-- Every record whose key begins with a prefix.
--
-- KEYS  1 messages  2 states
-- ARGV  1 the prefix
-- Returns  {key, value, …}

local prefix, out = ARGV[1], {}

local function add(key, value)
  if string.sub(key, 1, #prefix) == prefix then
    table.insert(out, key)
    table.insert(out, value)
  end
end

local states = redis.call('HGETALL', KEYS[2])
for at = 1, #states, 2 do
  add(states[at], states[at + 1])
end
-- There may be a hundred thousand messages: they are looked at only if some can match.
local shorter = math.min(#prefix, 8)
if string.sub('message:', 1, shorter) == string.sub(prefix, 1, shorter) then
  local messages = redis.call('HGETALL', KEYS[1])
  for at = 1, #messages, 2 do
    add('message:' .. messages[at], messages[at + 1])
  end
end
return out
