//! What an `ok` brings back.

use serde::{Deserialize, Serialize};

use super::{
    Number, Offset,
    id::{PersonId, RoomId},
    page::Page,
    room_records::Role,
};

/// The result of a command, by what kind of answer it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done; nothing to tell.
    Done,
    /// A change was written. A repeat gets the original's numbers, also after it was trimmed.
    Written {
        /// The change's place in the log.
        offset: Offset,
        /// The message's number, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<Number>,
    },
    /// Records of a log.
    Page(Page),
    /// A room made or joined.
    Room(RoomListing),
    /// Rooms found.
    Rooms(Rooms),
    /// Members of a room.
    Roster(Roster),
}

/// A room as it stands in the list of rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomListing {
    /// Its id.
    pub room: RoomId,
    /// Its name.
    pub name: String,
}

/// One page of the list of open rooms, at most 50, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rooms {
    /// The rooms.
    pub rooms: Vec<RoomListing>,
    /// Whether there are more after the last.
    pub more: bool,
}

/// One page of a room's members, at most 200, by person id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Which room.
    pub room: RoomId,
    /// How many members are here now, on this page or not.
    pub online: u64,
    /// How many members there are.
    pub members: u64,
    /// The members.
    pub people: Vec<RosterPerson>,
    /// Whether there are more after the last.
    pub more: bool,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPerson {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether any device of theirs is connected.
    pub online: bool,
}
