-- Rooms whose lower-case name contains a text, by id.
--
-- KEYS  1 ids in order  2 rooms (id to name)  3 names in lower case
-- ARGV  1 the text in lower case  2 the id after which, or ''  3 rooms at most
-- Returns  {id, name, …}

local from = ARGV[2] == '' and '-' or '(' .. ARGV[2]
local limit, chunk, out = tonumber(ARGV[3]), 200, {}
while #out < limit * 2 do
  local ids = redis.call('ZRANGE', KEYS[1], from, '+', 'BYLEX', 'LIMIT', 0, chunk)
  for _, id in ipairs(ids) do
    local lower = redis.call('HGET', KEYS[3], id)
    if #out < limit * 2 and lower and string.find(lower, ARGV[1], 1, true) then
      table.insert(out, id)
      table.insert(out, redis.call('HGET', KEYS[2], id))
    end
  end
  if #ids < chunk then
    break
  end
  from = '(' .. ids[#ids]
end
return out
