//! What a client asks of a server.

use serde::{Deserialize, Serialize};

use super::{
    INTEGER_MAX, Number, Position,
    id::{CommandId, PersonId, RoomId},
    log_id::LogId,
};

/// One request. It gets exactly one reply, `ok` or `error`, carrying its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Minted by the client; the same again on every retry.
    pub id: CommandId,
    /// What is asked.
    #[serde(flatten)]
    pub action: Action,
}

/// What can be asked. On the wire the variant's name is the frame's `type`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Action {
    /// Listen to a log from `after` on. Answer: [`Outcome::Page`](super::Outcome::Page); while it
    /// says `more`, follow again from its position; once it does not, entries come by themselves.
    Follow {
        /// A room the person is a member of, or their own person log.
        log: LogId,
        /// What the client already has; absent for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Position>,
    },
    /// Stop listening to a log. Answer: `done`, also when it was not followed.
    Unfollow {
        /// Which log.
        log: LogId,
    },
    /// The messages before a number, for scrolling back. Answer: `page`, in number order.
    History {
        /// Which room.
        room: RoomId,
        /// Messages with a lower number than this.
        before: Number,
        /// How many at most, 1 to 100.
        limit: u32,
    },
    /// Say something. Answer: `written`; everybody, the author too, gets the entry.
    Send {
        /// Where.
        room: RoomId,
        /// 1 to 4,000 Unicode scalars, at most 16 KiB, not only white space.
        text: String,
    },
    /// Change what one said oneself. Answer: `written`.
    Edit {
        /// Where.
        room: RoomId,
        /// Which message.
        number: Number,
        /// The new text, under the limits of `send`.
        text: String,
    },
    /// Take back what one said, or as moderator what anyone said. Answer: `written`.
    Delete {
        /// Where.
        room: RoomId,
        /// Which message.
        number: Number,
    },
    /// Make an open room and join it. Answer: `room`.
    CreateRoom {
        /// 1 to 40 scalars; unique among rooms.
        name: String,
    },
    /// Find open rooms by name. Answer: `rooms`.
    FindRooms {
        /// Part of a name; empty for all.
        #[serde(default)]
        query: String,
        /// The last room of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<RoomId>,
    },
    /// Become a member of an open room. Answer: `room`.
    Join {
        /// Which room.
        room: RoomId,
    },
    /// Cease to be a member. Answer: `done`. The lobby cannot be left.
    Leave {
        /// Which room.
        room: RoomId,
    },
    /// Who is a member, and who of them is here now. Answer: `roster`.
    Roster {
        /// Which room.
        room: RoomId,
        /// The last person of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<PersonId>,
    },
    /// "I am writing." Answer: `done`; the room's other followers get `typing`. Shows for 5 s;
    /// sent at most once in 2 s.
    Typing {
        /// Where.
        room: RoomId,
    },
    /// "I have read up to here." Answer: `done`; reaches the person's other devices through their
    /// log. Never moves back under one past of the room.
    Read {
        /// Which room.
        room: RoomId,
        /// Where the client is in the room's log.
        position: Position,
        /// The last message read.
        number: Number,
    },
    /// Is anybody there? Answer: `done`, at once.
    Ping,
}

impl Action {
    /// Every command's name on the wire.
    pub const NAMES: &'static [&'static str] = &[
        "follow",
        "unfollow",
        "history",
        "send",
        "edit",
        "delete",
        "create_room",
        "find_rooms",
        "join",
        "leave",
        "roster",
        "typing",
        "read",
        "ping",
    ];

    /// The log that it names; none where it names no log and no room.
    #[must_use]
    pub fn log(&self) -> Option<LogId> {
        match self {
            Self::Follow { log, .. } | Self::Unfollow { log } => Some(log.clone()),
            Self::History { room, .. }
            | Self::Send { room, .. }
            | Self::Edit { room, .. }
            | Self::Delete { room, .. }
            | Self::Join { room }
            | Self::Leave { room }
            | Self::Roster { room, .. }
            | Self::Typing { room } => Some(LogId::Room(room.clone())),
            Self::CreateRoom { .. } | Self::Read { .. } | Self::FindRooms { .. } | Self::Ping => {
                None
            }
        }
    }

    /// Whether every integer is one that every client and store can hold exactly.
    #[must_use]
    pub fn integers_fit(&self) -> bool {
        let highest = match self {
            Self::Follow { after, .. } => after.as_ref().map_or(0, |after| after.offset),
            Self::History { before, .. } => *before,
            Self::Edit { number, .. } | Self::Delete { number, .. } => *number,
            Self::Read { position, number, .. } => position.offset.max(*number),
            Self::Unfollow { .. }
            | Self::Send { .. }
            | Self::CreateRoom { .. }
            | Self::FindRooms { .. }
            | Self::Join { .. }
            | Self::Leave { .. }
            | Self::Roster { .. }
            | Self::Typing { .. }
            | Self::Ping => 0,
        };
        highest <= INTEGER_MAX
    }
}
