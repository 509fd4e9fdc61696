//! What the state says must be asked of the server.

use parlor_shared::{CommandId, LogId, Number, Position, RoomId, limits::TYPING_EVERY_MS};

use super::{Chat, Phase, room::History};
use crate::{Changes, Now};

impl Chat {
    /// Whether a log is to be followed now, and from where; it counts as asked from here on.
    pub(crate) fn ask_follow(&mut self, log: &LogId, now_ms: u64) -> Option<Option<Position>> {
        let state = self.log_mut(log).filter(|state| state.wants(now_ms))?;
        state.phase = Phase::Asked;
        Some(state.held.clone())
    }

    /// Logs that stay silent about what a reply said are to be followed again: the store may have
    /// lost it before anybody heard of it.
    pub(crate) fn ask_about_replies(&mut self, now_ms: u64) {
        for room in self.rooms.values_mut() {
            let overdue = self.outbox.overdue_ms(room.id()).is_some_and(|due| due <= now_ms);
            if overdue && room.live() {
                room.log.phase = Phase::Wanted;
            }
        }
    }

    /// The older messages of a room that are to be asked for: those wanted on screen, those that
    /// tell what became of one's own, or those at the *new* line. With how often the room had been reset.
    pub(crate) fn ask_history(&mut self, room: &RoomId) -> Option<(Number, u64)> {
        let known = self.rooms.get_mut(room).filter(|known| known.live())?;
        if known.history.is_none() && !known.suspects.is_empty() {
            let before = known.timeline.lowest_of_newest();
            known.history = Some(History { before, asked: false });
        }
        if known.history.is_none() {
            let line = known.seek_line();
            known.history = line.map(|before| History { before, asked: false });
        }
        let history = known.history.as_mut().filter(|history| !history.asked)?;
        history.asked = true;
        Some((history.before, known.resets))
    }

    /// Whether "I am writing" is news in this room.
    pub(crate) fn may_type(&mut self, room: &RoomId, now_ms: u64) -> bool {
        let Some(known) = self.rooms.get_mut(room).filter(|known| known.live()) else {
            return false;
        };
        let due = now_ms >= known.typing_next_ms;
        if due {
            known.typing_next_ms = now_ms.saturating_add(TYPING_EVERY_MS);
        }
        due
    }

    /// The people of a room are wanted.
    pub(crate) fn want_people(&mut self, room: &RoomId) -> Changes {
        if let Some(known) = self.rooms.get_mut(room) {
            known.people.wanted = Some(None);
        }
        Changes::default()
    }

    /// Rooms of this name are wanted.
    pub(crate) fn find(&mut self, query: String) -> Changes {
        let found = &mut self.found;
        *found = super::Found { query, loading: true, wanted: true, ..super::Found::default() };
        Changes { found: true, ..Changes::default() }
    }

    /// The next page of them is wanted.
    pub(crate) fn find_more(&mut self) -> Changes {
        let more = self.found.more && !self.found.loading;
        self.found.loading |= more;
        self.found.wanted |= more;
        Changes { found: more, ..Changes::default() }
    }

    /// Says `text` instead of a failed row; if it cannot be taken, the row stays.
    pub(crate) fn resend(
        &mut self,
        failed: CommandId,
        id: CommandId,
        text: String,
        now: Now,
    ) -> Changes {
        let Some(room) = self.outbox.get(failed).map(|item| item.record.room.clone()) else {
            return Changes::default();
        };
        let mut changes = self.say(id, room, text, now);
        if self.outbox.get(id).is_some() {
            changes.merge(self.discard(failed));
        }
        changes
    }
}
