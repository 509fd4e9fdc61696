//! One change of a log, as it is announced.

use serde::{Deserialize, Serialize};

use super::{
    Millis, Offset,
    id::{CommandId, Epoch, PersonId},
    log_id::LogId,
    record::Record,
};

/// One change: where, when and by whom, and the record in its new state (`record.rev == offset`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The log it happened in.
    pub log: LogId,
    /// The opening of the store it was written under.
    pub epoch: Epoch,
    /// Its place in the log.
    pub offset: Offset,
    /// When, by the store's clock; never earlier than the entry before.
    pub time: Millis,
    /// Who asked for it.
    pub author: PersonId,
    /// The command that asked for it.
    pub command: CommandId,
    /// The record in its new state.
    pub record: Record,
}
