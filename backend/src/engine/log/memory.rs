//! A whole log in memory, by the same rules as on a store: for the simulation and for tests.

mod dedupe;
#[cfg(test)]
mod tests;
mod view;

use std::{collections::BTreeMap, convert::Infallible};

use dedupe::Dedupe;
use parlor_shared::{
    Body, Epoch, LogId, Millis, Offset, Page, PersonId, Position, Record, RecordKey, Role,
};

use super::{
    Decision, Facts, Header, LogMeta, Plan, RECORD_OVERHEAD, StoredRecord, changes, decide, history,
};
use crate::engine::{Grant, LogTop, Outcome, PageRequest, Target, Write};

/// One log. Its clone is a snapshot of it, to which it can be rolled back.
#[derive(Clone, Debug)]
pub struct MemoryLog {
    log: LogId,
    epoch: Epoch,
    meta: LogMeta,
    records: BTreeMap<RecordKey, StoredRecord>,
    revs: BTreeMap<Offset, RecordKey>,
    roles: BTreeMap<PersonId, Role>,
    dedupe: Dedupe,
}

impl MemoryLog {
    /// An empty log in a store opened under `epoch`.
    #[must_use]
    pub fn new(log: LogId, epoch: Epoch) -> Self {
        Self {
            log,
            epoch,
            meta: LogMeta::default(),
            records: BTreeMap::new(),
            revs: BTreeMap::new(),
            roles: BTreeMap::new(),
            dedupe: Dedupe::default(),
        }
    }

    /// Writes one change, as [`crate::engine::Broker::write`]; `now` is the store's clock.
    pub fn write(&mut self, write: Write, now: Millis) -> Outcome {
        let facts = self.facts(&write);
        let grant = write.change.grant.clone();
        match decide(&self.meta, &facts, write, &self.epoch, now) {
            Decision::Answer(outcome) => outcome,
            Decision::Write(plan) => self.carry_out(plan, grant),
        }
    }

    /// What changed since a position, as [`crate::engine::Broker::changes`].
    #[must_use]
    pub fn changes(&self, after: Option<&Position>) -> Page {
        let Ok(page) = changes(self, &self.log, &self.meta, &self.epoch, after);
        page
    }

    /// Messages by number, as [`crate::engine::Broker::page`].
    #[must_use]
    pub fn page(&self, request: PageRequest) -> Page {
        let Ok(page) = history(self, &self.log, &self.meta, &self.epoch, request);
        page
    }

    /// One record, if it is there.
    #[must_use]
    pub fn record(&self, key: &RecordKey) -> Option<&Record> {
        self.records.get(key).map(|stored| &stored.record)
    }

    /// Every record whose key begins with `prefix`, by key.
    #[must_use]
    pub fn records(&self, prefix: &str) -> Vec<Record> {
        let from = RecordKey::new(prefix);
        let found = self.records.range(from..);
        let found = found.take_while(|(key, _)| key.as_str().starts_with(prefix));
        found.map(|(_, stored)| stored.record.clone()).collect()
    }

    /// Where the log is now.
    #[must_use]
    pub fn top(&self) -> LogTop {
        self.meta.log_top(&self.epoch)
    }

    /// Opens the store anew, with everything there.
    pub fn reopen(&mut self, epoch: Epoch) {
        self.epoch = epoch;
    }

    /// Opens the store anew as it was at `snapshot`: what was written since is lost.
    pub fn roll_back(&mut self, snapshot: Self, epoch: Epoch) {
        *self = Self { epoch, ..snapshot };
    }

    /// Opens the store anew with nothing in it.
    pub fn wipe(&mut self, epoch: Epoch) {
        *self = Self::new(self.log.clone(), epoch);
    }

    fn facts(&self, write: &Write) -> Facts {
        let held = match &write.change.target {
            Target::NewMessage => None,
            Target::Key(key, _) => self.record(key),
        };
        Facts {
            remembered: self.dedupe.get(&write.author, write.command),
            role: self.roles.get(&write.author).copied(),
            held: held.map(|r| Header { rev: r.rev, number: r.number, time: r.time }),
        }
    }

    fn carry_out(&mut self, plan: Plan, grant: Option<Grant>) -> Outcome {
        let Plan { entry, replaced, trim, meta } = plan;
        if let Some(rev) = replaced {
            self.revs.remove(&rev);
        }
        let record = entry.record.clone();
        self.revs.insert(record.rev, record.key.clone());
        let bytes = RECORD_OVERHEAD + record.key.as_str().len() + body_bytes(&record.body);
        self.records.insert(record.key.clone(), StoredRecord { record, bytes });
        for number in trim {
            if let Some(gone) = self.records.remove(&RecordKey::message(number)) {
                self.revs.remove(&gone.record.rev);
            }
        }
        if let Some(Grant { person, role }) = grant {
            match role {
                Some(role) => self.roles.insert(person, role),
                None => self.roles.remove(&person),
            };
        }
        self.dedupe.note(&entry);
        self.meta = meta;
        Outcome::Written(entry)
    }
}

/// The length of a body's JSON; plain data always has one.
fn body_bytes(body: &Body) -> usize {
    serde_json::to_vec(body).map_or(0, |json| json.len())
}

/// Reading memory cannot fail.
type Never = Infallible;
