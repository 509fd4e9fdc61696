//! The protocol without a socket: what a client asks now and then, and what it is answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::{ConnectionId, Event, LogId, Position, Problem};

/// What `POST /api/v1/poll` takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollRequest {
    /// The last answer that arrived. Absent on the first poll, which is answered with a welcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerId>,
    /// The logs to hear of, at most 500, and what is held of each.
    #[serde(default)]
    pub after: BTreeMap<LogId, Option<Position>>,
    /// How long the server may wait until there is something to tell, 0 to 25,000 ms.
    #[serde(default)]
    pub wait_ms: u64,
}

/// Which answer of which connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerId {
    /// The connection that stands for a client between its polls.
    pub connection: ConnectionId,
    /// Its answers are numbered from 1.
    pub number: u64,
}

/// What it answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollAnswer {
    /// This answer, to be named in the next poll.
    pub answer: AnswerId,
    /// What happened, in order; nothing when nothing did while the server waited.
    pub events: Vec<Event>,
    /// Logs that are not told, and why.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub refused: Vec<(LogId, Problem)>,
}

/// A list, because a map would bring the page code of its own.
fn as_map<S: Serializer>(refused: &[(LogId, Problem)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(refused.iter().map(|(log, problem)| (log, problem)))
}
