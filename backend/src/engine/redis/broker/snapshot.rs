//! One log at one moment, as far as a script handed it out, seen by the rules of catch-up.

use std::{collections::HashMap, ops::ControlFlow};

use parlor_shared::{Number, Offset};

use super::reply::stored_list;
use crate::engine::{
    EngineError,
    log::{LogView, StoredRecord},
};

/// The newest page was wanted and had not been asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NewestNeeded;

/// What a script handed out. It stops where a page is full, counting as the rules do.
#[derive(Debug)]
pub(super) struct Snapshot {
    changed_count: usize,
    changed: Vec<StoredRecord>,
    newest: Option<Newest>,
}

#[derive(Debug)]
struct Newest {
    messages: HashMap<Number, StoredRecord>,
    others: Vec<StoredRecord>,
}

impl Snapshot {
    /// Reads lists of `{key, value, …}`: what changed; the newest messages and all other records.
    pub(super) fn read(
        changed_count: usize,
        changed: &[String],
        newest: Option<(&[String], &[String])>,
    ) -> Result<Self, EngineError> {
        let newest = newest.map(|(messages, others)| Newest::read(messages, others)).transpose()?;
        Ok(Self { changed_count, changed: stored_list(changed)?, newest })
    }
}

impl Newest {
    fn read(messages: &[String], others: &[String]) -> Result<Self, EngineError> {
        let messages = stored_list(messages)?.into_iter();
        let numbered = messages.filter_map(|stored| Some((stored.record.number?, stored)));
        Ok(Self { messages: numbered.collect(), others: stored_list(others)? })
    }
}

impl LogView for Snapshot {
    type Error = NewestNeeded;

    fn count_changed(&self, _: Offset, at_most: usize) -> Result<usize, NewestNeeded> {
        Ok(self.changed_count.min(at_most))
    }

    fn visit_changed(
        &self,
        _: Offset,
        visit: &mut dyn FnMut(StoredRecord) -> ControlFlow<()>,
    ) -> Result<(), NewestNeeded> {
        for stored in &self.changed {
            if visit(stored.clone()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn message(&self, number: Number) -> Result<Option<StoredRecord>, NewestNeeded> {
        let newest = self.newest.as_ref().ok_or(NewestNeeded)?;
        Ok(newest.messages.get(&number).cloned())
    }

    fn others(&self) -> Result<Vec<StoredRecord>, NewestNeeded> {
        let newest = self.newest.as_ref().ok_or(NewestNeeded)?;
        Ok(newest.others.clone())
    }
}
