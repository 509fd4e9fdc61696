//! The present state of one thing in a log.

mod place;

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Tagged")]
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
#[derive(Deserialize)]
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

/// Written field by field and not through a [`Value`], whose order of keys depends on what else is
/// in the build.
impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Message(state) => tagged(serializer, "message", state),
            Self::Member(state) => tagged(serializer, "member", state),
            Self::Room(state) => tagged(serializer, "room", state),
            Self::Membership(state) => tagged(serializer, "membership", state),
            Self::Read(state) => tagged(serializer, "read", state),
            Self::Unknown { kind, value } => tagged(serializer, kind, value),
        }
    }
}

fn tagged<S: Serializer>(
    serializer: S,
    kind: &str,
    value: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut body = serializer.serialize_struct("Body", 2)?;
    body.serialize_field("kind", kind)?;
    body.serialize_field("value", value)?;
    body.end()
}
