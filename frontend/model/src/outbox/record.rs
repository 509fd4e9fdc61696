//! One unconfirmed message, in the form that survives a reload.

use parlor_shared::{CommandId, Millis, Problem, Read, RoomId, Value};
use serde::{Deserialize, Serialize};

/// One message that is not confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRecord {
    /// The id it is sent under, on every attempt.
    pub id: CommandId,
    /// Where.
    pub room: RoomId,
    /// What.
    pub text: String,
    /// When it was said, by this client's wall clock; records are kept in this order.
    pub said_ms: Millis,
    /// When it was first transmitted, by this client's wall clock; none: surely unknown to the
    /// server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_ms: Option<Millis>,
    /// Why it is not sent by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
}

/// Why a record waits for the person: Retry or Discard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The server will not take it.
    Refused(Problem),
    /// It may have arrived, longer ago than the server remembers.
    InDoubt,
    /// The server had it and lost it.
    Lost,
}

// By hand, as all that the page reads: derived, it would bring a reader of its own.
impl Read for OutboxRecord {
    fn read(value: &Value) -> Option<Self> {
        let some = |name: &str| value.get(name).filter(|value| !value.is_null());
        Some(Self {
            id: Read::read(value.get("id")?)?,
            room: Read::read(value.get("room")?)?,
            text: Read::read(value.get("text")?)?,
            said_ms: Read::read(value.get("said_ms")?)?,
            sent_ms: some("sent_ms").and_then(Read::read),
            trouble: some("trouble").map_or(Some(None), |value| Trouble::read(value).map(Some))?,
        })
    }
}

impl Read for Trouble {
    fn read(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some("in_doubt") => Some(Self::InDoubt),
            Some("lost") => Some(Self::Lost),
            Some(_) => None,
            None => value.get("refused").and_then(Read::read).map(Self::Refused),
        }
    }
}
