-- What the scripts of a log share; put in front of each of them.

-- A whole number as text. (Lua's own conversion rounds above 10^14.)
local function text(n)
  return string.format('%.0f', n)
end

-- The present epoch: the first 16 digits of the primary's replication id. It is read here, within
-- the write, so that no fail-over can come between; it costs 6 microseconds. The run_id would not
-- do: a primary that loses its place and wins it again keeps it, while its log was replaced. The
-- replication id is new at each start and each promotion.
local function present_epoch()
  local info = redis.call('INFO', 'replication')
  return string.sub(string.match(info, 'master_replid:(%x+)'), 1, 16)
end

-- A log's counters. epochs is "epoch:first epoch:first", oldest first.
local function read_meta(key)
  local held = redis.call('HMGET', key, 'top', 'number', 'first_kept', 'time', 'epochs')
  return {
    top = tonumber(held[1] or 0),
    number = tonumber(held[2] or 0),
    first_kept = tonumber(held[3] or 1),
    time = tonumber(held[4] or 0),
    epochs = held[5] or '',
  }
end

-- The counters as a reply. An empty log is under the present epoch.
local function meta_reply(meta)
  local present = string.match(meta.epochs, '(%x+):%d+$') or present_epoch()
  return {
    text(meta.top), text(meta.number), text(meta.first_kept), text(meta.time), meta.epochs, present,
  }
end

-- A message's number in its key, if it is one.
local function message_number(key)
  return string.match(key, '^message:(%d+)$')
end

-- Takes records until one does not fit. That one is handed out too, so that the reader, who counts
-- the same way, sees that the page is full.
local function new_room(records, bytes, overhead)
  return { records = records, bytes = bytes, overhead = overhead, out = {}, empty = true }
end

local function take(room, key, value)
  local body_at = string.match(value, '^%S+ %S+ %S+ ()')
  local size = room.overhead + #key + #value - body_at + 1
  table.insert(room.out, key)
  table.insert(room.out, value)
  local fits = room.records > 0 and (room.empty or size <= room.bytes)
  room.records = room.records - 1
  room.bytes = room.bytes - size
  room.empty = false
  return fits
end

-- Takes messages below a number, newest first, while there is room.
local function take_messages(room, messages_key, before, first_kept)
  local number = before - 1
  while number >= first_kept and room.records > 0 do
    local field = text(number)
    local value = redis.call('HGET', messages_key, field)
    if value and not take(room, 'message:' .. field, value) then
      return
    end
    number = number - 1
  end
end
