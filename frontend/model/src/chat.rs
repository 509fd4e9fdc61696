//! The whole state of a client but its link: rooms, their timelines, the outbox, what was found.
//!
//! Events change it in one place, [`apply()`]; the person's intents change it in `intend`.

mod apply;
mod fork;
mod intend;
mod keeping;
mod log_state;
mod pages;
mod people;
mod person_log;
mod replies;
mod room;
mod wants;

use std::collections::BTreeMap;

use parlor_shared::{Millis, Person, Problem, Record, RecordKey, RoomId, RoomListing};

pub(crate) use apply::apply;
pub(crate) use log_state::{LogState, Phase};
pub use people::People;
pub(crate) use replies::{About, wait_of};
pub use room::Room;

use crate::{
    Ordered, Row, RowKey, in_order,
    outbox::Outbox,
    timeline::{Drawing, draw},
};

/// For how long the server knows repeats, until its welcome says so, in milliseconds.
const DEDUPE_MS: u64 = parlor_shared::limits::DEDUPE_MS;

/// The state.
#[derive(Debug)]
pub struct Chat {
    pub(crate) person: Person,
    pub(crate) rooms: Ordered<RoomId, Room>,
    pub(crate) open: Option<RoomId>,
    pub(crate) outbox: Outbox,
    pub(crate) found: Found,
    /// Where this client is in the person's own log.
    pub(crate) own_log: LogState,
    pub(crate) own_records: BTreeMap<RecordKey, Record>,
    pub(crate) dedupe_ms: u64,
    /// The server's clock minus this client's, in milliseconds, as of the last welcome.
    pub(crate) skew_ms: i64,
    keys: Keys,
}

/// The rooms found by a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was looked for.
    pub query: String,
    /// The rooms, by id.
    pub rooms: Vec<RoomListing>,
    /// Whether there are more: [`crate::Intent::FindMore`].
    pub more: bool,
    /// Whether an answer is awaited.
    pub loading: bool,
    pub(crate) wanted: bool,
}

/// Mints row keys, in steps of 8: see [`RowKey`].
#[derive(Debug, Default)]
pub(crate) struct Keys(u64);

impl Keys {
    pub(crate) fn mint(&mut self) -> RowKey {
        self.0 += 8;
        RowKey(self.0)
    }
}

impl Chat {
    pub(crate) fn new(person: Person) -> Self {
        Self {
            person,
            rooms: Ordered::default(),
            open: None,
            outbox: Outbox::default(),
            found: Found::default(),
            own_log: LogState::default(),
            own_records: BTreeMap::new(),
            dedupe_ms: DEDUPE_MS,
            skew_ms: 0,
            keys: Keys::default(),
        }
    }

    /// Whose client this is.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The person's rooms, and those left with something unsent: the lobby first, then by name.
    #[must_use]
    pub fn rooms(&self) -> Vec<&Room> {
        let lobby = RoomId::lobby();
        let rooms: Vec<&Room> =
            self.rooms.values().filter(|room| room.joined() || self.waits_in(room.id())).collect();
        in_order(rooms, |room| (*room.id() != lobby, small(room.name())))
    }

    /// One room, also one that was left while it was on screen.
    #[must_use]
    pub fn room(&self, room: &RoomId) -> Option<&Room> {
        self.rooms.get(room)
    }

    /// The room on screen.
    #[must_use]
    pub fn open(&self) -> Option<&RoomId> {
        self.open.as_ref()
    }

    /// The rows of a room, top to bottom. `zone` gives the reader's offset, in minutes east of
    /// UTC, at a time.
    #[must_use]
    pub fn rows(&self, room: &RoomId, zone: &dyn Fn(Millis) -> i32) -> Vec<(RowKey, Row)> {
        self.rooms.get(room).map_or_else(Vec::new, |known| {
            draw(&Drawing {
                timeline: known.timeline(),
                outbox: &self.outbox,
                room,
                me: &self.person.id,
                my_name: &self.person.name,
                new_after: known.new_after(),
                loading: known.history.as_ref().map(|history| history.before),
                zone,
            })
        })
    }

    /// Whether a room has rows that need the person: failed or in doubt.
    #[must_use]
    pub fn has_failed(&self, room: &RoomId) -> bool {
        self.outbox.of_room(room).any(|item| item.record.trouble.is_some())
    }

    /// Why what was said in a room waits, if the server asked for it; it goes on by itself.
    #[must_use]
    pub fn held(&self, room: &RoomId) -> Option<&Problem> {
        self.outbox.held(room)
    }

    /// Whether the outbox has something for the room.
    pub(crate) fn waits_in(&self, room: &RoomId) -> bool {
        self.outbox.of_room(room).any(|item| !item.is_written())
    }

    /// How many messages are not confirmed, in all rooms; sign-out asks when there are any.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.outbox.items().filter(|item| !item.is_written()).count()
    }

    /// Unread messages of all rooms; for the title.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.rooms().iter().map(|room| room.unread()).sum()
    }

    /// The rooms found by the last search.
    #[must_use]
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// Whether the outbox takes a text of this many bytes.
    #[must_use]
    pub fn takes(&self, bytes: usize) -> bool {
        self.outbox.takes(bytes)
    }

    /// The server's time, from this client's wall clock.
    #[must_use]
    pub fn server_time(&self, wall_ms: u64) -> Millis {
        wall_ms.saturating_add_signed(self.skew_ms)
    }
}

/// A name in small letters where Latin, Greek and Cyrillic have capitals, for ordering only: the
/// whole of Unicode's tables would be a tenth of the page.
fn small(name: &str) -> String {
    name.chars().map(small_letter).collect()
}

fn small_letter(letter: char) -> char {
    let ahead = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' if u32::from(letter) % 2 == 0 => 1,
        'Ĺ'..='ň' | 'Ź'..='ž' if u32::from(letter) % 2 == 1 => 1,
        _ => 0,
    };
    char::from_u32(u32::from(letter) + ahead).unwrap_or(letter)
}
