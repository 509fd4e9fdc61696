-- Where a log is.
--
-- KEYS  1 meta
-- Returns  counters: {top, last number, first kept, time, epochs, present epoch}

return meta_reply(read_meta(KEYS[1]))
