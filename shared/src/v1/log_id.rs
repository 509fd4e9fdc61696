//! Which log: a room's or a person's.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{IdError, PersonId, RoomId};

/// A log, written `room:<id>` or `person:<id>` on the wire (a string, so that it can be a map key).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LogId {
    /// What happened in a room.
    Room(RoomId),
    /// What must reach all devices of a person.
    Person(PersonId),
}

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Person(person) => write!(f, "person:{person}"),
        }
    }
}

impl From<LogId> for String {
    fn from(log: LogId) -> Self {
        log.to_string()
    }
}

impl TryFrom<String> for LogId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        match text.split_once(':') {
            Some(("room", id)) => RoomId::new(id).map(Self::Room),
            Some(("person", id)) => PersonId::new(id).map(Self::Person),
            Some(_) | None => Err(IdError),
        }
    }
}
