//! What the person's intents change at once, before any server knows of them.

use parlor_shared::{CommandId, Number, Problem, RoomId, limits::check_text};

use super::{
    Chat, Phase,
    room::{History, Line},
};
use crate::{
    Asked, Changes, Notice, Now, OutboxRecord,
    outbox::{Stage, Trouble},
};

impl Chat {
    /// This room is on screen: its *new* line is set, the line of the one before goes.
    pub(crate) fn open_room(&mut self, room: Option<&RoomId>) -> Changes {
        let mut changes = Changes::default();
        let before = std::mem::replace(&mut self.open, room.cloned());
        if before.as_ref() != room
            && let Some(known) = before.as_ref().and_then(|id| self.rooms.get_mut(id))
        {
            known.line = Line::None;
            changes.timeline(known.id());
        }
        if let Some(known) = room.and_then(|id| self.rooms.get_mut(id)) {
            if known.live() {
                known.draw_line();
            }
            changes.timeline(known.id());
        }
        changes
    }

    /// Takes what the person says into the outbox.
    pub(crate) fn say(&mut self, id: CommandId, room: RoomId, text: String, now: Now) -> Changes {
        let refused = |notice| Changes { notices: vec![notice], ..Changes::default() };
        if let Err(problem) = check_text(&text) {
            return refused(Notice::Refused { asked: Asked::Send(room), problem });
        }
        if !self.outbox.takes(text.len()) {
            return refused(Notice::OutboxFull);
        }
        let mut changes = Changes::default();
        changes.timeline(&room);
        if let Some(known) = self.rooms.get_mut(&room) {
            // Whoever answers has read; what comes by the catch-up meanwhile they have not.
            known.line = Line::None;
            if known.live() {
                known.read_up_to(known.timeline.last_seen());
            }
        }
        // The order of saying survives a reload and a clock that is set back.
        let last = self.outbox.items().map(|item| item.record.said_ms + 1).max().unwrap_or(0);
        let said_ms = self.server_time(now.wall_ms).max(last);
        let key = self.keys().mint();
        let record = OutboxRecord { id, room, text, said_ms, sent_ms: None, trouble: None };
        self.outbox.add(record, key);
        changes
    }

    /// Tries a failed row again: under the same id, or under `fresh` where the server may no longer
    /// know the old one.
    pub(crate) fn retry(&mut self, id: CommandId, fresh: CommandId) -> Changes {
        let Some(room) = self.outbox.get(id).map(|item| item.record.room.clone()) else {
            return Changes::default();
        };
        self.outbox.unpark(id, fresh);
        self.outbox.release(&room);
        let mut changes = Changes::default();
        changes.timeline(&room);
        changes
    }

    /// Drops a row that is not in flight.
    pub(crate) fn discard(&mut self, id: CommandId) -> Changes {
        let mut changes = Changes::default();
        if let Some(item) = self.outbox.get(id).filter(|item| item.stage == Stage::Waiting) {
            changes.timeline(&item.record.room.clone());
            self.outbox.take(id);
        }
        changes
    }

    /// Takes over what a closed tab left.
    pub(crate) fn adopt(&mut self, records: Vec<OutboxRecord>) -> Changes {
        let mut changes = Changes::default();
        for record in records {
            changes.timeline(&record.room.clone());
            let key = self.keys().mint();
            // A room that was kept before a message was thought to be lost shows it still.
            let me = &self.person.id;
            let known = self.rooms.get(&record.room);
            if known.is_none_or(|known| known.timeline.said(me, record.id).is_none()) {
                self.outbox.restore(record, key);
            }
        }
        changes
    }

    /// The messages before this number are wanted.
    pub(crate) fn load_older(&mut self, room: &RoomId, before: Number) -> Changes {
        let mut changes = Changes::default();
        if let Some(known) = self.rooms.get_mut(room).filter(|known| known.history.is_none()) {
            known.history = Some(History { before, asked: false });
            changes.timeline(room);
        }
        changes
    }

    /// Everything up to this message was seen, as far as it is here.
    pub(crate) fn seen(&mut self, room: &RoomId, number: Number) -> Changes {
        let moved = self
            .rooms
            .get_mut(room)
            .is_some_and(|known| known.read_up_to(number.min(known.timeline.last_seen())));
        Changes { rooms: moved, ..Changes::default() }
    }

    /// What waits in a room that the person is no member of will not be taken.
    pub(crate) fn park_strays(&mut self, room: &RoomId) -> Changes {
        let strays: Vec<CommandId> = self
            .outbox
            .of_room(room)
            .filter(|item| item.record.trouble.is_none() && !item.is_written())
            .map(|item| item.record.id)
            .collect();
        let mut changes = Changes::default();
        for id in strays {
            self.outbox.park(id, Trouble::Refused(Problem::NotAMember));
            changes.timeline(room);
        }
        changes
    }

    /// Makes a room that is not the person's visible for what waits in it; only its id is known.
    pub(crate) fn show_left(&mut self, id: &RoomId) {
        if !self.rooms.contains_key(id) {
            let room = self.enter(id, id.as_str());
            room.joined = false;
            room.log.phase = Phase::Refused;
        }
    }

    /// Parks what may have arrived longer ago than the server remembers.
    pub(crate) fn park_doubtful(&mut self, wall_ms: u64) -> Changes {
        let late =
            |sent: Option<u64>| sent.is_some_and(|at| wall_ms.saturating_sub(at) > self.dedupe_ms);
        let doubtful: Vec<(CommandId, RoomId)> = self
            .outbox
            .items()
            .filter(|item| item.stage == Stage::Waiting && item.record.trouble.is_none())
            .filter(|item| late(item.record.sent_ms))
            .map(|item| (item.record.id, item.record.room.clone()))
            .collect();
        let mut changes = Changes::default();
        for (id, room) in doubtful {
            self.outbox.park(id, Trouble::InDoubt);
            changes.timeline(&room);
        }
        changes
    }

    /// The link is gone: nothing is in flight, everything followed is to be followed again.
    pub(crate) fn cut(&mut self) -> Changes {
        self.outbox.cut();
        self.own_log.cut();
        self.found.wanted |= self.found.loading;
        let mut changes = Changes { link: true, ..Changes::default() };
        for room in self.rooms.values_mut() {
            if room.history.is_some() {
                changes.timelines.insert(room.id().clone());
            }
            room.cut();
            if !room.joined {
                room.log.phase = Phase::Refused;
            }
        }
        changes
    }
}
