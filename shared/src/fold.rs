//! The one fold: how a record finds its place. Live entries, catch-up and history all go through
//! it, in any order, and end in the same state.

use std::collections::BTreeMap;

use crate::v1::{Record, RecordKey};

/// What putting a record in place did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Nothing of this key was held.
    Added,
    /// An older state was replaced.
    Replaced,
    /// The state held is as new or newer; nothing changed.
    Ignored,
}

/// Puts `record` in place if its `rev` is higher than the one held.
pub fn put(records: &mut BTreeMap<RecordKey, Record>, record: Record) -> Fold {
    match records.get(&record.key) {
        Some(held) if held.rev >= record.rev => Fold::Ignored,
        held => {
            let fold = if held.is_some() { Fold::Replaced } else { Fold::Added };
            records.insert(record.key.clone(), record);
            fold
        }
    }
}
