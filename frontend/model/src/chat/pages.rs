//! Pages: what changed since, what changed meanwhile, what was before.

use parlor_shared::{LogId, Number, Offset, Page, Position, Reset, RoomId};

use super::{
    Chat, Phase,
    fork::{Past, judge},
    room::History,
};
use crate::{Changes, Notice};

impl Chat {
    /// The answer to a `follow` that was asked with the position `from`.
    pub(crate) fn followed(&mut self, from: Option<&Position>, page: &Page) -> Changes {
        let (log, more, afresh) = (page.log.clone(), page.more, page.reset.is_some());
        let Some(state) = self.log_mut(&log) else {
            return Changes::default();
        };
        if state.phase != Phase::Asked {
            return Changes::default();
        }
        if state.held.as_ref() != from && !afresh {
            state.phase = Phase::Wanted;
            return Changes::default();
        }
        let mut changes = self.page(page);
        if let LogId::Room(room) = &log
            && page.reset != Some(Reset::Forked)
        {
            self.past_holds(room);
        }
        if let Some(state) = self.log_mut(&log) {
            state.phase = if more { Phase::Wanted } else { Phase::Live };
        }
        if let LogId::Room(room) = &log
            && !more
        {
            changes.merge(self.met_the_top(room));
        }
        changes
    }

    /// Several changes of a live log at once. While a log is catching up, only a fresh start counts.
    pub(crate) fn changed(&mut self, page: &Page) -> Changes {
        let (log, more, afresh) = (page.log.clone(), page.more, page.reset.is_some());
        let Some(state) = self.log_mut(&log) else {
            return Changes::default();
        };
        let live = state.phase == Phase::Live;
        if !live && !afresh {
            return Changes::default();
        }
        if live && more {
            state.phase = Phase::Wanted;
        }
        let mut changes = self.page(page);
        if let LogId::Room(room) = &log
            && live
            && !more
        {
            changes.merge(self.settle_written(room, page.position.offset));
        }
        changes
    }

    /// Puts a page in place and moves the position to what it completes.
    fn page(&mut self, page: &Page) -> Changes {
        let afresh = page.reset.is_some();
        let mut changes = match page.log.clone() {
            LogId::Person(_) => self.own_page(page),
            LogId::Room(room) => self.room_page(&room, page),
        };
        if let Some(state) = self.log_mut(&page.log) {
            state.advance(&page.position, afresh);
        }
        if let LogId::Room(room) = &page.log {
            self.take_marks(room);
        }
        changes.rooms = true;
        changes
    }

    /// The position held has moved: what was read up to there counts.
    pub(crate) fn take_marks(&mut self, room: &RoomId) {
        if let Some(known) = self.rooms.get_mut(room) {
            known.take_marks();
        }
    }

    fn room_page(&mut self, room: &RoomId, page: &Page) -> Changes {
        let mut changes = Changes::default();
        changes.timeline(room);
        let Some(known) = self.rooms.get_mut(room) else {
            return changes;
        };
        let void = page.reset == Some(Reset::Forked);
        let past = void.then(|| Past::of(known, &mut self.outbox, &self.person.id));
        if page.reset.is_some() {
            known.timeline.reset(void);
            known
                .timeline
                .loads_from(lowest_of(page).unwrap_or(page.last_number.saturating_add(1)));
            known.resets += 1;
            known.history = None;
        }
        if void || page.reset == Some(Reset::Start) {
            known.nothing_read();
        }
        known.timeline.ends(page.first_kept, page.last_number);
        for record in &page.records {
            changes.merge(self.room_record(room, record.clone()));
        }
        if let (Some(past), Some(known)) = (past, self.rooms.get_mut(room)) {
            let lost = past.settle(known, page);
            changes.notices.push(Notice::Forked { room: room.clone(), lost });
        }
        changes
    }

    /// The room's log has been read up to its newest change. Every reply that came before it was
    /// written before the reading, since both are answered in order: an entry that is not there is
    /// not to come.
    fn met_the_top(&mut self, room: &RoomId) -> Changes {
        let mut changes = Changes::default();
        changes.timeline(room);
        let open = self.open.as_ref() == Some(room);
        if let Some(known) = self.rooms.get_mut(room) {
            known.timeline.completed();
            if open {
                known.draw_line();
            }
        }
        changes.merge(self.settle_written(room, Offset::MAX));
        changes
    }

    /// Older messages, asked for when the room had been reset `resets` times. Only states that are
    /// within the position held count: newer ones come by following, in their order.
    pub(crate) fn older(&mut self, room: &RoomId, resets: u64, page: Page) -> Changes {
        let mut changes = Changes::default();
        let Some(known) = self.rooms.get_mut(room).filter(|known| known.resets == resets) else {
            return changes;
        };
        changes.timeline(room);
        if !known.log.agrees(&page.position) {
            // Asked again once a follow has told which past it is.
            known.log.phase = Phase::Wanted;
            known.history = known.history.take().map(|history| History { asked: false, ..history });
            return changes;
        }
        let before = known.history.take().map_or(0, |history| history.before);
        let held = known.log.held.as_ref().map_or(0, |held| held.offset);
        let lowest = lowest_of(&page).unwrap_or(before);
        let kept = if page.more { 1 } else { lowest };
        known.timeline.reaches(page.first_kept.max(kept), 0);
        known.timeline.loads_back_to(lowest);
        for record in page.records.into_iter().filter(|record| record.rev <= held) {
            changes.merge(self.room_record(room, record));
        }
        if let Some(known) = self.rooms.get_mut(room) {
            changes.merge(judge(known, &mut self.outbox, &self.person.id));
        }
        changes
    }
}

/// The lowest message number on a page.
fn lowest_of(page: &Page) -> Option<Number> {
    page.records.iter().filter_map(|record| record.number).min()
}
