//! What must be drawn again, and what the person must be told.

use parlor_shared::{Number, Problem, RoomId};

use crate::OrderedSet;

/// The parts of the chat that changed. Changes are coarse and may name what looks the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// [`crate::Client::link`].
    pub link: bool,
    /// The person's own name.
    pub person: bool,
    /// The list of rooms: which, their names, unread counts, failed rows.
    pub rooms: bool,
    /// The rows of these rooms.
    pub timelines: OrderedSet<RoomId>,
    /// The people of these rooms.
    pub people: OrderedSet<RoomId>,
    /// Who is writing in these rooms.
    pub typing: OrderedSet<RoomId>,
    /// The rooms found.
    pub found: bool,
    /// Messages of others that came live, for reading aloud and notifying; never history.
    pub heard: Vec<Heard>,
    /// What the person must be told once.
    pub notices: Vec<Notice>,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what `other` names.
    pub fn merge(&mut self, other: Self) {
        self.link |= other.link;
        self.person |= other.person;
        self.rooms |= other.rooms;
        self.timelines.extend(other.timelines);
        self.people.extend(other.people);
        self.typing.extend(other.typing);
        self.found |= other.found;
        self.heard.extend(other.heard);
        self.notices.extend(other.notices);
    }

    /// Notes that rows of `room` changed, and with them what the list of rooms says of it.
    pub(crate) fn timeline(&mut self, room: &RoomId) {
        self.rooms = true;
        self.timelines.insert(room.clone());
    }
}

/// A message that came live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Where.
    pub room: RoomId,
    /// Its number there.
    pub number: Number,
    /// The author's name.
    pub name: String,
    /// What was said.
    pub text: String,
}

/// Something to tell once; it is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The server lost part of this room's past. What one said oneself and is gone stands as
    /// failed rows.
    Forked {
        /// Which room.
        room: RoomId,
        /// How many messages that had been shown are gone, as far as is known.
        lost: u64,
    },
    /// A request was refused.
    Refused {
        /// What was asked.
        asked: Asked,
        /// Why not.
        problem: Problem,
    },
    /// The outbox is full: the text was not taken.
    OutboxFull,
    /// A room was made or joined here: it can be opened.
    Entered(RoomId),
    /// The person is no longer a member of the room.
    Left(RoomId),
}

/// What a refused request was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Saying something that no row shows (its text is no message).
    Send(RoomId),
    /// Changing a message.
    Edit(RoomId, Number),
    /// Taking a message back.
    Delete(RoomId, Number),
    /// Making a room of this name.
    CreateRoom(String),
    /// Joining a room.
    Join(RoomId),
    /// Leaving a room.
    Leave(RoomId),
    /// Looking for rooms.
    FindRooms,
    /// Reading older messages.
    LoadOlder(RoomId),
    /// Reading who is there.
    Roster(RoomId),
    /// Listening to a room, or to one's own log.
    Follow(Option<RoomId>),
}
