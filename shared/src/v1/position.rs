//! Where somebody is in a log.

use serde::{Deserialize, Serialize};

use super::{Offset, id::Epoch};

/// "I have everything up to `offset`, as written under `epoch`."
///
/// Whether it still holds is asked of the log's [`EpochHistory`](super::EpochHistory).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The opening of the store under which `offset` was written.
    pub epoch: Epoch,
    /// The last change known; 0 for none.
    pub offset: Offset,
}
