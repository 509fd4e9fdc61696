//! What a server tells a client.

use serde::{Deserialize, Serialize};

use super::{
    entry::Entry,
    id::{CommandId, PersonId, RoomId},
    log_id::LogId,
    outcome::Outcome,
    page::Page,
    problem::Problem,
    welcome::{Person, Welcome},
};

/// One frame from the server. An unknown `type` decodes as [`Event::Unknown`] and is ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// First on every connection.
    Welcome(Box<Welcome>),
    /// A command was done.
    Ok {
        /// The command's id.
        id: CommandId,
        /// What came of it.
        result: Outcome,
    },
    /// A command was not done, or (`retry: unknown`) may not have been.
    Error {
        /// The command's id; absent when the frame had none that could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CommandId>,
        /// What went wrong, with its number and typed parameters.
        #[serde(flatten)]
        problem: Problem,
    },
    /// A followed log changed. Comes in offset order, each offset once, to everybody.
    Entry(Entry),
    /// Several changes of a followed log at once, as the states they led to.
    Changes(Page),
    /// The server no longer sends this log's entries: follow it again from the position held.
    Interrupted {
        /// Which log.
        log: LogId,
    },
    /// Somebody is writing; shows for 5 s.
    Typing {
        /// Where.
        room: RoomId,
        /// Who.
        person: Person,
    },
    /// Who came and went in a followed room, at most once a second per room.
    Presence {
        /// Which room.
        room: RoomId,
        /// How many members are here now.
        online: u64,
        /// Who came; empty, like `went`, above 200 people here.
        #[serde(default)]
        came: Vec<Person>,
        /// Who went.
        #[serde(default)]
        went: Vec<PersonId>,
    },
    /// Answer with `{"type":"pong"}` within 8 s.
    Ping,
    /// The server stops: it closes the connection soon; come back after the delay.
    Restarting {
        /// How long to wait before connecting again, 0 to 1,000 ms.
        delay_ms: u64,
    },
    /// An event of a newer server.
    #[serde(other)]
    Unknown,
}
