//! What a log knows of itself besides its records.

use parlor_shared::{Epoch, EpochHistory, Millis, Number, Offset, Position};
use serde::{Deserialize, Serialize};

use crate::engine::LogTop;

/// The counters of one log. [`LogMeta::default`] is a log nobody wrote to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogMeta {
    /// The newest change; 0 for none.
    pub top: Offset,
    /// The highest message number given; 0 for none.
    pub last_number: Number,
    /// The lowest message number kept; `last_number + 1` when none is. Never falls.
    pub first_kept: Number,
    /// The time of the newest change; no later one is earlier.
    pub last_time: Millis,
    /// Which epochs wrote which part.
    pub epochs: EpochHistory,
}

impl Default for LogMeta {
    fn default() -> Self {
        Self {
            top: 0,
            last_number: 0,
            first_kept: 1,
            last_time: 0,
            epochs: EpochHistory::default(),
        }
    }
}

impl LogMeta {
    /// Where the log is: its newest change, or 0 under the store's `present` epoch.
    #[must_use]
    pub fn position(&self, present: &Epoch) -> Position {
        let epoch = self.epochs.latest().unwrap_or(present).clone();
        Position { epoch, offset: self.top }
    }

    /// The position of a change within the log; none when it is older than the epochs kept.
    #[must_use]
    pub fn position_at(&self, offset: Offset) -> Option<Position> {
        let mut newest_first = self.epochs.pairs().iter().rev();
        let (epoch, _) = newest_first.find(|(_, first)| *first <= offset)?;
        Some(Position { epoch: epoch.clone(), offset })
    }

    /// The log's top, as a [`crate::engine::Broker`] tells it.
    #[must_use]
    pub fn log_top(&self, present: &Epoch) -> LogTop {
        LogTop {
            position: self.position(present),
            epochs: self.epochs.clone(),
            last_number: self.last_number,
            first_kept: self.first_kept,
        }
    }
}
