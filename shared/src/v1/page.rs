//! A part of a log's state, in answer to "what changed since?" and "what was before?".

use serde::{Deserialize, Serialize};

use super::{Number, Position, log_id::LogId, record::Record};

/// Some records of a log and the position they complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Which log.
    pub log: LogId,
    /// Present when this is not a continuation: drop what is held of this log, then take the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset: Option<Reset>,
    /// At most 100 records and 256 KiB, in the order of their `rev` (history: of their number).
    pub records: Vec<Record>,
    /// Whoever applied all pages so far has everything up to here.
    pub position: Position,
    /// Whether there is more: ask again from `position`. When false on a `follow`, entries follow.
    pub more: bool,
    /// The lowest message number still kept; `last_number + 1` when none is.
    pub first_kept: Number,
    /// The highest message number ever given in this room; 0 for none.
    pub last_number: Number,
}

/// Why a page starts afresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// No position was given.
    Start,
    /// More than 500 records changed since the position: this is the newest page instead.
    TooMany,
    /// The position is on no past of this log: the store lost what came after a point, or was
    /// wiped. What the client saw confirmed and no longer finds is gone.
    Forked,
}
