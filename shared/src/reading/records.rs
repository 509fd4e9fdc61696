//! Records and what they are made of.

use serde_json::Value;

use super::{Read, field, maybe, or_default, reads};
use crate::v1::{
    Entry, Member, Membership, Message, Page, Position, ReadPosition, Record, Reset, Role,
    RoomSettings,
};

reads! {
    Entry { log, epoch, offset, time, author, command, record }
    Page { log, records, position, more, first_kept, last_number; reset }
    Record { key, rev, time, body; number }
    Position { epoch, offset }
    Member { person, name; role }
    RoomSettings { name; creator, keep }
    Membership { room, name, joined }
    ReadPosition { room, position, number }
}

impl Read for Message {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            author: field(value, "author")?,
            name: field(value, "name")?,
            command: field(value, "command")?,
            text: maybe(value, "text")?,
            edited: or_default(value, "edited")?,
        })
    }
}

impl Read for Role {
    fn read(value: &Value) -> Option<Self> {
        Some(match value.as_str()? {
            "member" => Self::Member,
            "moderator" => Self::Moderator,
            "owner" => Self::Owner,
            _ => return None,
        })
    }
}

impl Read for Reset {
    fn read(value: &Value) -> Option<Self> {
        Some(match value.as_str()? {
            "start" => Self::Start,
            "too_many" => Self::TooMany,
            "forked" => Self::Forked,
            _ => return None,
        })
    }
}
