-- Messages before a number, newest first.
--
-- KEYS  1 meta  2 messages
-- ARGV  1 the number  2 messages at most  3 bytes at most  4 bytes of a record besides key and body
-- Returns  {counters, {key, value, …}}

local meta = read_meta(KEYS[1])
local room = new_room(tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
local before = math.min(tonumber(ARGV[1]), meta.number + 1)
take_messages(room, KEYS[2], before, meta.first_kept)
return { meta_reply(meta), room.out }
