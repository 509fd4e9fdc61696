//! What can happen to a client: the link, the clock, the person.

use parlor_shared::{CommandId, Number, RoomId};

use crate::{Asking, OutboxRecord, Standing, Way};

/// The time of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Never goes back; `performance.now()` in a browser, in milliseconds.
    pub mono_ms: u64,
    /// The wall clock, in milliseconds since 1970 UTC; may jump.
    pub wall_ms: u64,
}

/// One link, from its first effect to its end. Of an older one, only what was asked about it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkId(pub u64);

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Begin, or "try now": connect at once unless connected.
    Connect,
    /// The socket is open.
    Opened(LinkId),
    /// A text frame came.
    Frame(LinkId, String),
    /// The socket is closed, or could not be opened, with its close code (1006 where there is none).
    Closed(LinkId, u16),
    /// The answer to a post: its body, or nothing where none came.
    Answered(LinkId, Asking, Option<String>),
    /// What the server says of the session.
    Session(LinkId, Standing),
    /// The person chose a way, or with nothing leaves it to the client.
    Pin(Option<Way>),
    /// The moment asked for by [`crate::Effect::WakeAt`] has come. Harmless at any other time.
    Timer,
    /// The page became visible, was shown again, or its clock jumped by more than 10 s.
    Woke,
    /// The browser says that there is a network again.
    Online,
    /// The person wants something.
    Intent(Intent),
}

/// Something the person wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// This room is on screen from now on; sets its *new* line. Say it again on coming back to a
    /// hidden page.
    Open(RoomId),
    /// No room is on screen.
    Close,
    /// Say something.
    Send {
        /// Where.
        room: RoomId,
        /// What.
        text: String,
    },
    /// Try a failed row again.
    Retry(CommandId),
    /// Drop a failed or waiting row.
    Discard(CommandId),
    /// Replace a failed row by this text: a new message.
    Resend {
        /// The failed row.
        failed: CommandId,
        /// The text to say instead.
        text: String,
    },
    /// Take over what a closed tab left unsent.
    Adopt(Vec<OutboxRecord>),
    /// Change what one said.
    Edit {
        /// Where.
        room: RoomId,
        /// Which message.
        number: Number,
        /// The new text.
        text: String,
    },
    /// Take back a message.
    Delete {
        /// Where.
        room: RoomId,
        /// Which message.
        number: Number,
    },
    /// A key was pressed in the composer; call as often as it happens.
    Typing(RoomId),
    /// The message was visible, with focus, at the bottom, for 1 s; call as often as it happens.
    Seen {
        /// Where.
        room: RoomId,
        /// The last message seen.
        number: Number,
    },
    /// Make a room and join it; [`crate::Notice::Entered`] follows.
    CreateRoom {
        /// Its name.
        name: String,
    },
    /// Look for open rooms; the answer stands in [`crate::Chat::found`].
    FindRooms {
        /// Part of a name; empty for all.
        query: String,
    },
    /// The next page of the rooms found.
    FindMore,
    /// Join a room; [`crate::Notice::Entered`] follows.
    Join(RoomId),
    /// Leave a room.
    Leave(RoomId),
    /// Load messages of a [`crate::Row::Gap`].
    LoadOlder {
        /// Where.
        room: RoomId,
        /// The `before` or the `upper` of the gap.
        before: Number,
    },
    /// Read who is in the room; the answer stands in [`crate::Room::people`].
    Roster(RoomId),
}
