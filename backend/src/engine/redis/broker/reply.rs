//! Reads what the scripts of a log answer.

use std::str::FromStr;

use parlor_shared::{Body, Epoch, EpochHistory, Millis, Number, Offset, Record, RecordKey};

use crate::engine::{
    self, EngineError,
    log::{LogMeta, RECORD_OVERHEAD, StoredRecord},
    unreadable::unreadable,
};

/// A log's counters, and the epoch that a position in it is under when it is empty.
#[derive(Debug)]
pub(super) struct Counters {
    pub(super) meta: LogMeta,
    pub(super) present: Epoch,
}

impl Counters {
    /// Reads `{top, last number, first kept, time, epochs, present epoch}`.
    pub(super) fn read(reply: &[String]) -> Result<Self, EngineError> {
        let [top, last_number, first_kept, last_time, epochs, present] = reply else {
            return Err(corrupt("counters", &reply.join(" ")));
        };
        let meta = LogMeta {
            top: number(top)?,
            last_number: number(last_number)?,
            first_kept: number(first_kept)?,
            last_time: number(last_time)?,
            epochs: read_epochs(epochs)?,
        };
        Ok(Self { meta, present: epoch(present)? })
    }
}

/// What a write came to.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was written; the entry is yet to be put together.
    Written(Written),
    /// It had been written before, also as the store stands under its present epoch.
    Repeat { outcome: engine::Outcome, present: Epoch },
    /// Anything else.
    Done(engine::Outcome),
}

/// What the store gave a change.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) offset: Offset,
    pub(super) number: Option<Number>,
    pub(super) time: Millis,
    pub(super) first_time: Millis,
    pub(super) epoch: Epoch,
}

/// Reads what `write.lua` answers.
pub(super) fn outcome(reply: &[String]) -> Result<Outcome, EngineError> {
    let words: Vec<&str> = reply.iter().map(String::as_str).collect();
    Ok(match words.as_slice() {
        ["written", offset, given, time, first_time, under] => Outcome::Written(Written {
            offset: number(offset)?,
            number: optional(given)?,
            time: number(time)?,
            first_time: number(first_time)?,
            epoch: epoch(under)?,
        }),
        ["repeat", offset, given, present] => Outcome::Repeat {
            outcome: engine::Outcome::Repeat { offset: number(offset)?, number: optional(given)? },
            present: epoch(present)?,
        },
        ["forbidden"] => Outcome::Done(engine::Outcome::Forbidden),
        ["conflict", rev] => Outcome::Done(engine::Outcome::Conflict { rev: number(rev)? }),
        other => return Err(corrupt("an outcome", &other.join(" "))),
    })
}

/// Reads a record as it is kept: `rev number time body`.
pub(super) fn stored(key: &RecordKey, value: &str) -> Result<StoredRecord, EngineError> {
    let mut parts = value.splitn(4, ' ');
    let (Some(rev), Some(given), Some(time), Some(body)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(corrupt("a record", key.as_str()));
    };
    let bytes = RECORD_OVERHEAD + key.as_str().len() + body.len();
    let body: Body =
        serde_json::from_str(body).map_err(|error| corrupt(key.as_str(), &unreadable(&error)))?;
    let given = if given == "-" { "" } else { given };
    let record = Record {
        key: key.clone(),
        rev: number(rev)?,
        number: optional(given)?,
        time: number(time)?,
        body,
    };
    Ok(StoredRecord { record, bytes })
}

/// Reads `{key, value, …}`.
pub(super) fn stored_list(flat: &[String]) -> Result<Vec<StoredRecord>, EngineError> {
    let (pairs, _) = flat.as_chunks::<2>();
    pairs.iter().map(|[key, value]| stored(&RecordKey::new(key), value)).collect()
}

fn read_epochs(text: &str) -> Result<EpochHistory, EngineError> {
    let pairs = text.split_whitespace().map(|pair| {
        let (name, first) = pair.split_once(':').ok_or_else(|| corrupt("epochs", text))?;
        Ok((epoch(name)?, number(first)?))
    });
    Ok(EpochHistory::from_pairs(pairs.collect::<Result<_, EngineError>>()?))
}

fn epoch(text: &str) -> Result<Epoch, EngineError> {
    Epoch::new(text).map_err(|_| corrupt("an epoch", text))
}

fn optional(text: &str) -> Result<Option<u64>, EngineError> {
    if text.is_empty() { Ok(None) } else { number(text).map(Some) }
}

fn number(text: &str) -> Result<u64, EngineError> {
    u64::from_str(text).map_err(|_| corrupt("a number", text))
}

fn corrupt(what: &str, found: &str) -> EngineError {
    EngineError::Corrupt(format!("{what}: {found}"))
}
