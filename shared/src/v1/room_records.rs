//! What stands in a room's log.

use serde::{Deserialize, Serialize};

use super::id::{CommandId, PersonId};

/// Something somebody said. Its number and time of sending stand in the record's header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who said it.
    pub author: PersonId,
    /// The author's name when it was said; a roster may know a newer one.
    pub name: String,
    /// The id of the command that said it: with the author, it confirms the author's pending row.
    pub command: CommandId,
    /// What was said; absent once deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether the text was changed after it was said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
}

/// Somebody's place in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name when this was written.
    pub name: String,
    /// What they may do; absent once they left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// What a member may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and writes.
    Member,
    /// Also deletes what others said.
    Moderator,
    /// Also changes the room.
    Owner,
}

/// The room itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSettings {
    /// Its name, unique among rooms.
    pub name: String,
    /// Who made it; absent for the lobby.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<PersonId>,
    /// How many messages are kept, 1 to 100,000; absent: the server's `--keep`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<u32>,
}
