//! One log of the file, as the rules of catch-up see it.

use std::ops::{ControlFlow, RangeInclusive};

use parlor_shared::{Number, Offset, Record, RecordKey};

use super::{
    error::StoreError,
    store::Reading,
    tables::{METAS, RECORDS, REVS, RecordsTable, RevsTable},
};
use crate::engine::log::{LogMeta, LogView, RECORD_OVERHEAD, StoredRecord};

/// A log at one moment.
pub(super) struct View {
    log: String,
    pub(super) meta: LogMeta,
    records: RecordsTable,
    revs: RevsTable,
}

impl View {
    pub(super) fn open(reading: &Reading, log: &str) -> Result<Self, StoreError> {
        let meta = match reading.txn.open_table(METAS)?.get(log)? {
            Some(json) => serde_json::from_slice(json.value())?,
            None => LogMeta::default(),
        };
        let records = reading.txn.open_table(RECORDS)?;
        let revs = reading.txn.open_table(REVS)?;
        Ok(Self { log: log.to_owned(), meta, records, revs })
    }

    pub(super) fn record(&self, key: &str) -> Result<Option<StoredRecord>, StoreError> {
        let row = self.records.get((self.log.as_str(), key))?;
        row.map(|row| stored(key, row.value())).transpose()
    }

    /// The records with keys from `from` up to, not including, `until`.
    fn keys(&self, from: &str, until: &str) -> Result<Vec<StoredRecord>, StoreError> {
        let mut found = Vec::new();
        for row in self.records.range((self.log.as_str(), from)..(self.log.as_str(), until))? {
            let (key, row) = row?;
            found.push(stored(key.value().1, row.value())?);
        }
        Ok(found)
    }

    pub(super) fn with_prefix(&self, prefix: &str) -> Result<Vec<Record>, StoreError> {
        let found = self.keys(prefix, &format!("{prefix}{LAST}"))?;
        Ok(found.into_iter().map(|stored| stored.record).collect())
    }

    fn revs_after(&self, offset: Offset) -> RangeInclusive<(&str, u64)> {
        (self.log.as_str(), offset.saturating_add(1))..=(self.log.as_str(), Offset::MAX)
    }
}

/// Sorts after every character that a key holds.
const LAST: char = char::MAX;

impl LogView for View {
    type Error = StoreError;

    fn count_changed(&self, offset: Offset, at_most: usize) -> Result<usize, StoreError> {
        let mut count = 0;
        for row in self.revs.range(self.revs_after(offset))?.take(at_most) {
            row?;
            count += 1;
        }
        Ok(count)
    }

    fn visit_changed(
        &self,
        offset: Offset,
        visit: &mut dyn FnMut(StoredRecord) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        for row in self.revs.range(self.revs_after(offset))? {
            let (_, key) = row?;
            let found = self.record(key.value())?;
            let missing = || StoreError::Corrupt(format!("{} lacks a record", self.log));
            if visit(found.ok_or_else(missing)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn message(&self, number: Number) -> Result<Option<StoredRecord>, StoreError> {
        self.record(RecordKey::message(number).as_str())
    }

    fn others(&self) -> Result<Vec<StoredRecord>, StoreError> {
        // Around the two kinds that can be many, without reading them: ';' follows ':'.
        let mut others = self.keys("", "member:")?;
        others.extend(self.keys("member;", "message:")?);
        others.extend(self.keys("message;", &LAST.to_string())?);
        Ok(others)
    }
}

/// A message number as the tables keep it.
pub(super) fn number(kept: u64) -> Option<Number> {
    (kept != 0).then_some(kept)
}

fn stored(key: &str, row: (u64, u64, u64, &[u8])) -> Result<StoredRecord, StoreError> {
    let (rev, numbered, time, body) = row;
    let bytes = RECORD_OVERHEAD + key.len() + body.len();
    let body = serde_json::from_slice(body)?;
    let record = Record { key: RecordKey::new(key), rev, number: number(numbered), time, body };
    Ok(StoredRecord { record, bytes })
}
