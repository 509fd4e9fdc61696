//! What a record is about, as one text.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Number, PersonId, RoomId};

/// What a record is about, unique in its log: `message:12`, `member:<person>`, `room`, …
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordKey(Arc<str>);

impl RecordKey {
    /// A key as it stands on the wire or in a store.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The key of a room's message.
    #[must_use]
    pub fn message(number: Number) -> Self {
        Self(format!("message:{number}").into())
    }

    /// The key of a person's membership in a room's log.
    #[must_use]
    pub fn member(person: &PersonId) -> Self {
        Self(format!("member:{person}").into())
    }

    /// The key of a room's settings.
    #[must_use]
    pub fn room() -> Self {
        Self("room".into())
    }

    /// The key of a membership in a person's log.
    #[must_use]
    pub fn membership(room: &RoomId) -> Self {
        Self(format!("membership:{room}").into())
    }

    /// The key of a read position in a person's log.
    #[must_use]
    pub fn read(room: &RoomId) -> Self {
        Self(format!("read:{room}").into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordKey({})", self.0)
    }
}
