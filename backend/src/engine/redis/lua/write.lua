-- Writes one change of a log, with its checks, and announces it.
--
-- KEYS  1 meta  2 messages  3 states  4 revs  5 others  6 roles
--       7 the author's done commands  8 their order  9 the channel
-- ARGV  1 log  2 author  3 command  4 least role, or ''  5 record key, or '' for a new message
--       6 'any', 'absent', or the rev expected  7 body as JSON  8 messages to keep
--       9 person whose role changes, or ''  10 their role, or '' for none
--       11 ms a command is remembered  12 commands remembered per author  13 epochs kept
-- Returns  {'written', offset, number or '', time, time first written, epoch}
--          {'repeat', offset, number or '', present epoch}  {'forbidden'}  {'conflict', rev}
--
-- A record is kept as "rev number time body", number '-' for none; the body is never looked into.

local meta_key, messages_key, states_key, revs_key, others_key, roles_key = unpack(KEYS, 1, 6)
local done_key, order_key, channel = KEYS[7], KEYS[8], KEYS[9]
local log, author, command, needs, key, expect, body = unpack(ARGV, 1, 7)
local keep, remember_ms, remember_count = tonumber(ARGV[8]), tonumber(ARGV[11]), tonumber(ARGV[12])
local rank = { member = 1, moderator = 2, owner = 3 }

local meta = read_meta(meta_key)
local clock = redis.call('TIME')
local now = math.max(clock[1] * 1000 + math.floor(clock[2] / 1000), meta.time)

-- 1. The repeat.
local done = redis.call('HGET', done_key, command)
if done then
  local offset, number, time = string.match(done, '^(%d+):(%d*):(%d+)$')
  if now - tonumber(time) < remember_ms then
    return { 'repeat', offset, number, present_epoch() }
  end
end

-- 2. The role.
if needs ~= '' then
  local role = redis.call('HGET', roles_key, author)
  if not role or (rank[role] or 0) < rank[needs] then
    return { 'forbidden' }
  end
end

-- 3. The revision. Messages are made only with a new number: one that was trimmed stays gone.
local number, first_time, held_rev = '', now, 0
local changed_number = message_number(key)
if key ~= '' then
  local held
  if changed_number then
    held = redis.call('HGET', messages_key, changed_number)
  else
    held = redis.call('HGET', states_key, key)
  end
  if held then
    local rev, held_number, time = string.match(held, '^(%d+) (%S+) (%d+) ')
    held_rev, first_time = tonumber(rev), tonumber(time)
    if held_number ~= '-' then
      number = held_number
    end
  end
  local is_message = string.sub(key, 1, 8) == 'message:'
  local as_expected
  if expect == 'any' then
    as_expected = held_rev > 0 or not is_message
  elseif expect == 'absent' then
    as_expected = held_rev == 0 and not is_message
  else
    as_expected = held_rev > 0 and held_rev == tonumber(expect)
  end
  if not as_expected then
    return { 'conflict', text(held_rev) }
  end
end

-- From here on everything is done.
local epoch = present_epoch()
local offset = meta.top + 1
if key == '' then
  meta.number = meta.number + 1
  number = text(meta.number)
  changed_number = number
  key = 'message:' .. number
end

if string.match(meta.epochs, '(%x+):%d+$') ~= epoch then
  local pairs_held = {}
  for pair in string.gmatch(meta.epochs, '%S+') do
    table.insert(pairs_held, pair)
  end
  table.insert(pairs_held, epoch .. ':' .. text(offset))
  if #pairs_held > tonumber(ARGV[13]) then
    table.remove(pairs_held, 1)
  end
  meta.epochs = table.concat(pairs_held, ' ')
end

local header = text(offset) .. ' ' .. (number == '' and '-' or number) .. ' ' .. text(first_time)
local value = header .. ' ' .. body
redis.call('ZADD', revs_key, text(offset), key)
if changed_number then
  redis.call('HSET', messages_key, changed_number, value)
else
  redis.call('HSET', states_key, key, value)
  if string.sub(key, 1, 7) ~= 'member:' then
    redis.call('SADD', others_key, key)
  end
end

-- Trimming removes the text, the place in the order, everything.
local lowest = math.max(meta.first_kept, meta.number + 1 - math.max(keep, 1))
while meta.first_kept < lowest do
  local fields, members = {}, {}
  while meta.first_kept < lowest and #fields < 1000 do
    local gone = text(meta.first_kept)
    table.insert(fields, gone)
    table.insert(members, 'message:' .. gone)
    meta.first_kept = meta.first_kept + 1
  end
  redis.call('HDEL', messages_key, unpack(fields))
  redis.call('ZREM', revs_key, unpack(members))
end

redis.call('HSET', meta_key, 'top', text(offset), 'number', text(meta.number),
  'first_kept', text(meta.first_kept), 'time', text(now), 'epochs', meta.epochs)

if ARGV[9] ~= '' then
  if ARGV[10] == '' then
    redis.call('HDEL', roles_key, ARGV[9])
  else
    redis.call('HSET', roles_key, ARGV[9], ARGV[10])
  end
end

-- Remembers the command; forgets the author's oldest beyond the count, and those too old.
if done then
  redis.call('LREM', order_key, 1, command)
end
redis.call('HSET', done_key, command, text(offset) .. ':' .. number .. ':' .. text(now))
local length = redis.call('RPUSH', order_key, command)
local oldest = redis.call('LINDEX', order_key, 0)
while oldest do
  local time = string.match(redis.call('HGET', done_key, oldest) or '', '(%d+)$')
  if length <= remember_count and time and now - tonumber(time) < remember_ms then
    break
  end
  redis.call('LPOP', order_key)
  redis.call('HDEL', done_key, oldest)
  length = length - 1
  oldest = redis.call('LINDEX', order_key, 0)
end
redis.call('PEXPIRE', done_key, remember_ms)
redis.call('PEXPIRE', order_key, remember_ms)

-- The entry as it goes to clients. Ids and the log's name need no escaping; a key might.
local numbered = number == '' and '' or ',"number":' .. number
local record = '{"key":' .. cjson.encode(key) .. ',"rev":' .. text(offset) .. numbered
  .. ',"time":' .. text(first_time) .. ',"body":' .. body .. '}'
local entry = '{"log":"' .. log .. '","epoch":"' .. epoch .. '","offset":' .. text(offset)
  .. ',"time":' .. text(now) .. ',"author":"' .. author .. '","command":"' .. command
  .. '","record":' .. record .. '}'
redis.call('SPUBLISH', channel, entry)

return { 'written', text(offset), number, text(now), text(first_time), epoch }
