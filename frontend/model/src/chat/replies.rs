//! What a reply means, by what was asked.

use parlor_shared::{
    CommandId, LogId, Number, Offset, Outcome, Page, PersonId, Position, Problem, Retry, RoomId,
};

use super::{Chat, LogState, Phase, fork::suspect};
use crate::{Asked, Changes, Notice, Now, outbox::Trouble};

/// What a command in flight was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// Listening to a log, from this position.
    Follow { log: LogId, from: Option<Position> },
    /// Older messages of a room that had been reset this often.
    History { room: RoomId, resets: u64 },
    /// A message of the outbox.
    Send { room: RoomId },
    /// A request that is kept until it is decided.
    Request(Asked),
    /// Rooms by name; the first page or the next.
    FindRooms { first: bool },
    /// People of a room.
    Roster { room: RoomId, after: Option<PersonId> },
    /// "Read up to here."
    Read { room: RoomId, number: Number },
    /// Typing, pings, a log that was asked for anew: nothing follows from the reply.
    Nothing,
}

impl Chat {
    /// A command was done.
    pub(crate) fn done(
        &mut self,
        id: CommandId,
        about: About,
        result: Outcome,
        now: Now,
    ) -> Changes {
        match (about, result) {
            (About::Follow { from, log }, Outcome::Page(page)) if page.log == log => {
                self.followed(from.as_ref(), &page)
            }
            (About::History { room, resets }, Outcome::Page(page)) if of_room(&page, &room) => {
                self.older(&room, resets, page)
            }
            (About::Send { room }, Outcome::Written { offset, number: Some(number) }) => {
                self.outbox.written(id, offset, number, now.mono_ms);
                self.spoken(id, &room, offset, number)
            }
            (About::Request(asked), result) => self.granted(asked, result),
            (About::FindRooms { first }, Outcome::Rooms(rooms)) => {
                if first {
                    self.found.rooms.clear();
                }
                self.found.rooms.extend(rooms.rooms);
                self.found.more = rooms.more;
                self.found.loading = false;
                Changes { found: true, ..Changes::default() }
            }
            (About::Roster { room, after }, Outcome::Roster(roster)) => {
                if let Some(known) = self.rooms.get_mut(&room) {
                    known.people.page(roster, after.is_none());
                }
                Changes { people: [room].into(), ..Changes::default() }
            }
            (about, _) => self.unexpected(id, about, now),
        }
    }

    /// One's own message stands, though its entry may not have come yet. It never comes where this
    /// was a repeat of something older than what is loaded, or written after a fork not told yet.
    fn spoken(&mut self, id: CommandId, room: &RoomId, offset: Offset, number: Number) -> Changes {
        let mut changes = Changes::default();
        changes.timeline(room);
        if let Some(known) = self.rooms.get_mut(room) {
            let held = known.log.held.as_ref().map_or(0, |held| held.offset);
            if offset <= held && number < known.timeline.lowest_of_newest() {
                known.answered.extend(self.outbox.take(id).and_then(suspect));
            }
        }
        changes
    }

    fn granted(&mut self, asked: Asked, result: Outcome) -> Changes {
        let mut changes = Changes::default();
        match (asked, result) {
            (Asked::CreateRoom(_) | Asked::Join(_), Outcome::Room(listing)) => {
                self.enter(&listing.room, &listing.name);
                changes.rooms = true;
                changes.notices.push(Notice::Entered(listing.room));
            }
            (Asked::Leave(room), _) => changes.merge(self.left(&room)),
            _ => {}
        }
        changes
    }

    /// A reply of a kind that does not fit: as if the server had failed, so that nothing hangs.
    fn unexpected(&mut self, id: CommandId, about: About, now: Now) -> Changes {
        match about {
            About::Nothing | About::Read { .. } => Changes::default(),
            About::Follow { .. }
            | About::History { .. }
            | About::Send { .. }
            | About::Request(_)
            | About::FindRooms { .. }
            | About::Roster { .. } => self.refused(id, about, Problem::Internal, now),
        }
    }

    /// A command was not done.
    pub(crate) fn refused(
        &mut self,
        id: CommandId,
        about: About,
        problem: Problem,
        now: Now,
    ) -> Changes {
        let again = problem.retry() != Retry::Final;
        match about {
            About::Follow { log, .. } => self.follow_refused(&log, problem, now),
            About::Send { room } => {
                if again {
                    let wait_ms = wait_of(&problem);
                    self.outbox.hold(id, now.mono_ms, problem, wait_ms);
                } else {
                    self.outbox.park(id, Trouble::Refused(problem));
                }
                let mut changes = Changes::default();
                changes.timeline(&room);
                changes
            }
            About::History { room, .. } => {
                if let Some(known) = self.rooms.get_mut(&room) {
                    known.history = None;
                }
                let mut changes = told(Asked::LoadOlder(room.clone()), problem);
                changes.timeline(&room);
                changes
            }
            About::FindRooms { .. } => {
                self.found.loading = false;
                Changes { found: true, ..told(Asked::FindRooms, problem) }
            }
            About::Roster { room, .. } => told(Asked::Roster(room), problem),
            About::Request(_) if again => Changes::default(),
            About::Request(asked) => told(asked, problem),
            About::Read { room, number } => {
                if let Some(known) = self.rooms.get_mut(&room)
                    && again
                    && known.read_told == number
                {
                    known.read_told = 0;
                    known.read_next_ms =
                        now.mono_ms.saturating_add(wait_of(&problem).unwrap_or(5_000));
                }
                Changes::default()
            }
            About::Nothing => Changes::default(),
        }
    }

    fn follow_refused(&mut self, log: &LogId, problem: Problem, now: Now) -> Changes {
        // What is to be asked anew is decided by that answer.
        let waits = |state: &&mut LogState| state.phase == Phase::Asked;
        let Some(state) = self.log_mut(log).filter(waits) else {
            return Changes::default();
        };
        if problem.retry() != Retry::Final {
            state.failed(now.mono_ms, wait_of(&problem));
            return Changes::default();
        }
        state.phase = Phase::Refused;
        match (log, &problem) {
            (LogId::Room(room), Problem::NotAMember | Problem::NoSuchRoom { .. }) => {
                self.left(room)
            }
            (LogId::Room(room), _) => told(Asked::Follow(Some(room.clone())), problem),
            (LogId::Person(_), _) => told(Asked::Follow(None), problem),
        }
    }
}

fn told(asked: Asked, problem: Problem) -> Changes {
    Changes { notices: vec![Notice::Refused { asked, problem }], ..Changes::default() }
}

fn of_room(page: &Page, room: &RoomId) -> bool {
    matches!(&page.log, LogId::Room(of) if of == room)
}

/// The wait that the server asked for, in milliseconds.
pub(crate) fn wait_of(problem: &Problem) -> Option<u64> {
    if let Problem::TooFast { wait_ms } = problem { Some(*wait_ms) } else { None }
}
