//! The present state of one thing in a log.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Member, Membership, Message, Millis, Number, Offset, ReadPosition, RoomSettings,
    record_key::RecordKey,
};
use crate::reading::{Read, field};

/// A record with its header. Of two states of one key, the one with the higher `rev` is the newer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What it is about.
    pub key: RecordKey,
    /// The offset of the change that gave it this state.
    pub rev: Offset,
    /// A message's number in its room; absent on every other record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// When it was first written, by the store's clock: a message's time of sending.
    pub time: Millis,
    /// Its state.
    pub body: Body,
}

/// The state of a record by kind. A kind this build does not know is kept and passed on whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Tagged", into = "Tagged")]
pub enum Body {
    /// Room log: something somebody said.
    Message(Message),
    /// Room log: somebody's place in the room.
    Member(Member),
    /// Room log: the room's own settings.
    Room(RoomSettings),
    /// Person log: a room the person is or was in.
    Membership(Membership),
    /// Person log: how far the person has read a room.
    Read(ReadPosition),
    /// A kind of a newer build.
    Unknown {
        /// The kind's name.
        kind: String,
        /// Its state, untouched.
        value: Value,
    },
}

/// How a body stands on the wire: `{"kind": "message", "value": {…}}`.
#[derive(Clone, Serialize, Deserialize)]
struct Tagged {
    kind: String,
    value: Value,
}

impl From<Tagged> for Body {
    fn from(tagged: Tagged) -> Self {
        Self::known(&tagged.kind, &tagged.value)
            .unwrap_or(Self::Unknown { kind: tagged.kind, value: tagged.value })
    }
}

impl Body {
    /// A state of a kind that this build knows, and can read.
    fn known(kind: &str, value: &Value) -> Option<Self> {
        Some(match kind {
            "message" => Self::Message(Read::read(value)?),
            "member" => Self::Member(Read::read(value)?),
            "room" => Self::Room(Read::read(value)?),
            "membership" => Self::Membership(Read::read(value)?),
            "read" => Self::Read(Read::read(value)?),
            _ => return None,
        })
    }
}

impl Read for Body {
    fn read(tagged: &Value) -> Option<Self> {
        let (kind, value) = (field::<String>(tagged, "kind")?, tagged.get("value")?);
        let known = Self::known(&kind, value);
        Some(known.unwrap_or_else(|| Self::Unknown { kind, value: value.clone() }))
    }
}

impl From<Body> for Tagged {
    fn from(body: Body) -> Self {
        let (kind, value) = match body {
            Body::Message(state) => ("message", serde_json::to_value(state)),
            Body::Member(state) => ("member", serde_json::to_value(state)),
            Body::Room(state) => ("room", serde_json::to_value(state)),
            Body::Membership(state) => ("membership", serde_json::to_value(state)),
            Body::Read(state) => ("read", serde_json::to_value(state)),
            Body::Unknown { kind, value } => return Self { kind, value },
        };
        // Plain structs of strings and numbers always become a value.
        Self { kind: kind.to_owned(), value: value.unwrap_or(Value::Null) }
    }
}
