//! One room: where the client is in its log, what is unread, what must still be asked.

use parlor_shared::{Number, Position, RoomId};

use super::{LogState, Phase, fork::Suspect, people::People};
use crate::{Timeline, timeline::HISTORY};

/// A `read` is sent at most this often per room, in milliseconds.
const READ_EVERY_MS: u64 = 1_000;
/// Read positions that may wait until it is known whether they are of the past held.
const MARKS: usize = 4;

/// One room of the person.
#[derive(Debug)]
pub struct Room {
    id: RoomId,
    pub(crate) name: String,
    pub(crate) joined: bool,
    pub(crate) log: LogState,
    pub(crate) timeline: Timeline,
    pub(crate) people: People,
    pub(crate) read: Number,
    pub(crate) read_told: Number,
    pub(crate) read_next_ms: u64,
    /// What the server says of reading, on whatever device, at positions not reached here.
    marks: Vec<(Position, Number)>,
    pub(crate) line: Line,
    pub(crate) history: Option<History>,
    pub(crate) resets: u64,
    pub(crate) suspects: Vec<Suspect>,
    /// One's own messages from before what is loaded, by their replies. A reply does not say of
    /// which past it is: only a follow tells whether it is the one held.
    pub(crate) answered: Vec<Suspect>,
    pub(crate) typing_next_ms: u64,
}

/// The *new* line of a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Line {
    /// There is none.
    #[default]
    None,
    /// It stands before the first message after this number.
    After(Number),
    /// It does, and messages around that place have been asked for.
    Sought(Number),
}

/// So many messages below the *new* line are asked for with those above it.
const BELOW_LINE: u64 = 50;

/// Older messages that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct History {
    /// Those before this number.
    pub(crate) before: Number,
    /// Whether they have been asked for on this link.
    pub(crate) asked: bool,
}

impl Room {
    pub(crate) fn new(id: RoomId, name: String, timeline: Timeline) -> Self {
        Self {
            id,
            name,
            joined: true,
            log: LogState::default(),
            timeline,
            people: People::default(),
            read: 0,
            read_told: 0,
            read_next_ms: 0,
            marks: Vec::new(),
            line: Line::None,
            history: None,
            resets: 0,
            suspects: Vec::new(),
            answered: Vec::new(),
            typing_next_ms: 0,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &RoomId {
        &self.id
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the person is a member.
    #[must_use]
    pub fn joined(&self) -> bool {
        self.joined
    }

    /// How many messages are unread, those not kept included.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.timeline.last_number().saturating_sub(self.read)
    }

    /// The last number read, on any device.
    #[must_use]
    pub fn read(&self) -> Number {
        self.read
    }

    /// Its messages.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Its people, and who is writing.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Whether new messages come by themselves; otherwise what is shown may be old.
    #[must_use]
    pub fn live(&self) -> bool {
        self.log.phase == Phase::Live
    }

    /// The *new* line stands before the first message of others after this number; none also while
    /// that message is still being loaded.
    #[must_use]
    pub fn new_after(&self) -> Option<Number> {
        match self.line {
            Line::None => None,
            Line::Sought(number) if self.history.is_none() => Some(number),
            Line::After(number) | Line::Sought(number) => {
                self.timeline.hides_after(number).is_none().then_some(number)
            }
        }
    }

    /// Messages around the *new* line, if they are to be asked for: those before this number.
    /// They are asked for once: what cannot be loaded is not there.
    pub(crate) fn seek_line(&mut self) -> Option<Number> {
        let Line::After(number) = self.line else { return None };
        let (first, next) = self.timeline.hides_after(number)?;
        self.line = Line::Sought(number);
        let all = next.saturating_sub(first) <= HISTORY;
        Some(if all { next } else { first.saturating_add(BELOW_LINE) })
    }

    /// Sets the *new* line if something is unread; a line whose messages were read moves there.
    pub(crate) fn draw_line(&mut self) {
        if self.unread() > 0 {
            self.line = Line::After(self.read);
        }
    }

    /// One's own message stands: it is not unread, unless something before it is.
    pub(crate) fn own_stands(&mut self, number: Number) {
        if self.read.saturating_add(1) == number {
            self.read = number;
        }
    }

    /// Read up to here, on this or another device; never back.
    pub(crate) fn read_up_to(&mut self, number: Number) -> bool {
        let forward = number > self.read;
        self.read = self.read.max(number);
        forward
    }

    /// The person has read up to `number` of the past that `position` is on. It counts once what is
    /// held is known to be of that past, too: numbers of another past are other messages.
    pub(crate) fn mark(&mut self, position: Position, number: Number) -> bool {
        if self.marks.len() >= MARKS {
            self.marks.remove(0);
        }
        self.marks.push((position, number));
        self.live() && self.take_marks()
    }

    /// Takes over what has been read of the past held. Within an epoch there is only one.
    pub(crate) fn take_marks(&mut self) -> bool {
        let Some(held) = &self.log.held else {
            return false;
        };
        let mut read = 0;
        self.marks.retain(|(position, number)| {
            let reached = position.epoch == held.epoch && position.offset <= held.offset;
            read = if reached { read.max(*number) } else { read };
            !reached
        });
        self.read_told = self.read_told.max(read);
        self.read_up_to(read)
    }

    /// The past that was read is void.
    pub(crate) fn nothing_read(&mut self) {
        self.read = 0;
        self.read_told = 0;
        self.line = Line::None;
    }

    /// What to tell the server about reading, now.
    pub(crate) fn read_to_tell(&self, now_ms: u64) -> Option<Number> {
        let news = self.read > self.read_told && self.live() && now_ms >= self.read_next_ms;
        news.then_some(self.read)
    }

    /// When there will be something to tell about reading.
    pub(crate) fn read_due_ms(&self) -> Option<u64> {
        (self.read > self.read_told && self.live()).then_some(self.read_next_ms)
    }

    /// The server was told.
    pub(crate) fn told_read(&mut self, number: Number, now_ms: u64) {
        self.read_told = number;
        self.read_next_ms = now_ms.saturating_add(READ_EVERY_MS);
    }

    /// The link is gone: whatever was asked is to be asked again.
    pub(crate) fn cut(&mut self) {
        self.log.cut();
        self.history = None;
        if let Line::Sought(number) = self.line {
            self.line = Line::After(number);
        }
        if self.people.wanted.is_none() && self.people.loaded() {
            self.people.wanted = Some(None);
        }
    }
}
