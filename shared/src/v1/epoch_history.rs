//! Which openings of the store wrote which part of a log; tells a position that holds from a fork.

use serde::{Deserialize, Serialize};

use super::{Offset, Position, id::Epoch};
use crate::limits::EPOCHS_KEPT;

/// The last 64 pairs of an epoch and the first offset written under it, oldest first.
///
/// Whoever was away for more openings than that is told that the past is another, since nobody can
/// tell any more that it is not. With 16, a minute and a half of a node that was killed every few
/// seconds was enough (the chaos run's seed 4 on the embedded store).
///
/// The idea is Kafka's leader epochs (KIP-101): a follower's position is safe only if nobody
/// later wrote the same offsets again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EpochHistory(Vec<(Epoch, Offset)>);

impl EpochHistory {
    /// A history as a store kept it, oldest first.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(Epoch, Offset)>) -> Self {
        Self(pairs)
    }

    /// The pairs, oldest first.
    #[must_use]
    pub fn pairs(&self) -> &[(Epoch, Offset)] {
        &self.0
    }

    /// The epoch of the log's newest change, if anything was ever written.
    #[must_use]
    pub fn latest(&self) -> Option<&Epoch> {
        self.0.last().map(|(epoch, _)| epoch)
    }

    /// Notes that `offset` is written under `epoch`; adds a pair only when the epoch is new.
    pub fn write(&mut self, epoch: &Epoch, offset: Offset) {
        if self.latest() != Some(epoch) {
            self.0.push((epoch.clone(), offset));
            if self.0.len() > EPOCHS_KEPT {
                self.0.remove(0);
            }
        }
    }

    /// Whether `position` is on this log's own past, given the log's `top` offset.
    ///
    /// It holds if it lies at or below `top`, its epoch is known, it is not before that epoch's
    /// first offset, and no later epoch begins at or below its offset: in short, if the last pair
    /// that begins at or below it is of its epoch. "Nothing yet" always holds.
    #[must_use]
    pub fn holds(&self, position: &Position, top: Offset) -> bool {
        let wrote = self.0.iter().rfind(|(_, first)| *first <= position.offset);
        let ours = wrote.is_some_and(|(epoch, _)| *epoch == position.epoch);
        position.offset == 0 || (ours && position.offset <= top)
    }
}
