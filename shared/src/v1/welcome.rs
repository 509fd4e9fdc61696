//! What a client learns first.

use serde::{Deserialize, Serialize};

use super::{
    Millis, Number, Position,
    id::{ConnectionId, PersonId, RoomId},
};
use crate::limits::Limits;

/// The first event on every connection. Contents of rooms come when they are followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// This link, for logs and bug reports.
    pub connection: ConnectionId,
    /// Who the session belongs to.
    pub person: Person,
    /// The server's version, as in its `--version`.
    pub server: String,
    /// The server's clock.
    pub time: Millis,
    /// What the server accepts.
    pub limits: Limits,
    /// The server pings this often, in milliseconds.
    pub ping_ms: u64,
    /// For how long a repeated command is known.
    pub dedupe: DedupeWindow,
    /// The rooms the person is a member of.
    pub rooms: Vec<RoomSummary>,
}

/// Somebody, as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// A repeat is recognised within both bounds, per log and author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DedupeWindow {
    /// For this long, in milliseconds of the server's time.
    pub ms: u64,
    /// Among this many last commands.
    pub commands: u64,
}

/// A room of one's own, without its contents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomSummary {
    /// Its id.
    pub room: RoomId,
    /// Its name.
    pub name: String,
    /// Where its log is.
    pub position: Position,
    /// The lowest message number still kept.
    pub first_kept: Number,
    /// The highest message number.
    pub last_number: Number,
    /// The last number read, on any device; 0 for none.
    pub read: Number,
}
