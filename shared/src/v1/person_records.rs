//! What stands in a person's log: all that must reach every device of theirs.

use serde::{Deserialize, Serialize};

use super::{Number, Position, id::RoomId};

/// A room the person is, or was, in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Which room.
    pub room: RoomId,
    /// The room's name when this was written.
    pub name: String,
    /// Whether they are in it now.
    pub joined: bool,
}

/// How far the person has read a room, on any device.
///
/// It names a position beside the number, so that it is checked like one: the number counts only
/// while the position holds in the room's log. Otherwise nothing there is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPosition {
    /// Which room.
    pub room: RoomId,
    /// Where the reader's client was in the room's log.
    pub position: Position,
    /// The last message read.
    pub number: Number,
}
