-- What changed in a log, and on demand its newest page, at one moment.
--
-- KEYS  1 meta  2 messages  3 states  4 revs  5 others
-- ARGV  1 offset after which, or ''  2 '1' for the newest page too
--       3 records per page  4 bytes per page  5 messages on the newest page
--       6 changed records above which none are given  7 bytes of a record besides key and body
-- Returns  {counters, number of changed records, {key, value, …} by rev,
--          {key, value, …} newest message first, {key, value, …} neither message nor member}

local meta_key, messages_key, states_key, revs_key, others_key = unpack(KEYS)
local overhead = tonumber(ARGV[7])
local meta = read_meta(meta_key)

local count, changed = 0, {}
if ARGV[1] ~= '' then
  local from = '(' .. ARGV[1]
  count = redis.call('ZCOUNT', revs_key, from, '+inf')
  if count <= tonumber(ARGV[6]) then
    local room = new_room(tonumber(ARGV[3]), tonumber(ARGV[4]), overhead)
    local limit = tonumber(ARGV[3]) + 1
    local keys = redis.call('ZRANGE', revs_key, from, '+inf', 'BYSCORE', 'LIMIT', 0, limit)
    for _, key in ipairs(keys) do
      local number = message_number(key)
      local value = number and redis.call('HGET', messages_key, number)
        or redis.call('HGET', states_key, key)
      if value and not take(room, key, value) then
        break
      end
    end
    changed = room.out
  end
end

local others, messages = {}, {}
if ARGV[2] == '1' then
  local whole = new_room(math.huge, math.huge, overhead)
  local keys = redis.call('SMEMBERS', others_key)
  local bytes = tonumber(ARGV[4])
  for _, key in ipairs(keys) do
    take(whole, key, redis.call('HGET', states_key, key))
  end
  for at = 1, #whole.out, 2 do
    local body_at = string.match(whole.out[at + 1], '^%S+ %S+ %S+ ()')
    bytes = bytes - (overhead + #whole.out[at] + #whole.out[at + 1] - body_at + 1)
  end
  others = whole.out
  local room = new_room(tonumber(ARGV[5]), math.max(bytes, 0), overhead)
  take_messages(room, messages_key, meta.number + 1, meta.first_kept)
  messages = room.out
end

return { meta_reply(meta), text(count), changed, messages, others }
