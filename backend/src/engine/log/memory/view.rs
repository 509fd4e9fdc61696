//! A log in memory, as the rules of catch-up see it.

use std::ops::{Bound, ControlFlow};

use parlor_shared::{Number, Offset, RecordKey};

use super::{MemoryLog, Never};
use crate::engine::log::{LogView, StoredRecord};

impl LogView for MemoryLog {
    type Error = Never;

    fn count_changed(&self, offset: Offset, at_most: usize) -> Result<usize, Never> {
        Ok(self.changed(offset).take(at_most).count())
    }

    fn visit_changed(
        &self,
        offset: Offset,
        visit: &mut dyn FnMut(StoredRecord) -> ControlFlow<()>,
    ) -> Result<(), Never> {
        for stored in self.changed(offset) {
            if visit(stored.clone()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn message(&self, number: Number) -> Result<Option<StoredRecord>, Never> {
        Ok(self.records.get(&RecordKey::message(number)).cloned())
    }

    fn others(&self) -> Result<Vec<StoredRecord>, Never> {
        let other = |key: &RecordKey| {
            !key.as_str().starts_with("message:") && !key.as_str().starts_with("member:")
        };
        let found = self.records.iter().filter(|(key, _)| other(key));
        Ok(found.map(|(_, stored)| stored.clone()).collect())
    }
}

impl MemoryLog {
    /// The records with a `rev` above `offset`, in order of `rev`.
    fn changed(&self, offset: Offset) -> impl Iterator<Item = &StoredRecord> {
        let revs = self.revs.range((Bound::Excluded(offset), Bound::Unbounded));
        revs.filter_map(|(_, key)| self.records.get(key))
    }
}
