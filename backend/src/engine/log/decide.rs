//! What a write comes to, given what stands in the log.

use std::ops::Range;

use parlor_shared::{Entry, Epoch, Millis, Number, Offset, Record, RecordKey, Role};

use super::{LogMeta, Remembered};
use crate::engine::{Change, Expect, Outcome, Target, Write};

/// What a store looks up before a write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The same command of the same author, if it was done before.
    pub remembered: Option<Remembered>,
    /// The author's role in this log.
    pub role: Option<Role>,
    /// The record the write is about, if it is there; none for a new message.
    pub held: Option<Header>,
}

/// The header of a record that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The offset of its last change.
    pub rev: Offset,
    /// Its message number.
    pub number: Option<Number>,
    /// When it was first written.
    pub time: Millis,
}

/// A write's fate.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Decision {
    /// Nothing is to be written; this is the answer.
    Answer(Outcome),
    /// This is to be written, all of it or nothing.
    Write(Plan),
}

/// All that one write changes in a store, besides the author's remembered command and the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The change, to be announced; its record is to be put in place.
    pub entry: Entry,
    /// The `rev` the record had until now; no longer to be found by.
    pub replaced: Option<Offset>,
    /// The numbers of the messages to be removed.
    pub trim: Range<Number>,
    /// The log's counters from now on.
    pub meta: LogMeta,
}

/// Decides a write: first the repeat, then the role, then the revision; then it takes the next
/// offset and, for a message, the next number, and trims to `write.keep` (at least 1).
///
/// `now` is the store's clock; the time written is never earlier than the change before.
pub fn decide(meta: &LogMeta, facts: &Facts, write: Write, epoch: &Epoch, now: Millis) -> Decision {
    let time = now.max(meta.last_time);
    match refusal(facts, &write, time) {
        Some(outcome) => Decision::Answer(outcome),
        None => Decision::Write(plan(meta, facts.held, write, epoch, time)),
    }
}

/// The answer of a write that writes nothing.
fn refusal(facts: &Facts, write: &Write, time: Millis) -> Option<Outcome> {
    if let Some(done) = facts.remembered.filter(|done| done.counts(time)) {
        return Some(Outcome::Repeat { offset: done.offset, number: done.number });
    }
    if write.needs.is_some_and(|needed| facts.role.is_none_or(|role| role < needed)) {
        return Some(Outcome::Forbidden);
    }
    let Target::Key(key, expect) = &write.change.target else {
        return None;
    };
    let rev = facts.held.map_or(0, |held| held.rev);
    let as_expected = match expect {
        // A message that was trimmed must not come back by an edit.
        Expect::Anything => rev > 0 || !is_message(key),
        Expect::Absent => rev == 0 && !is_message(key),
        Expect::Rev(expected) => rev > 0 && rev == *expected,
    };
    (!as_expected).then_some(Outcome::Conflict { rev })
}

/// Whether a key is a message's. Messages are made only by [`Target::NewMessage`].
fn is_message(key: &RecordKey) -> bool {
    key.as_str().starts_with("message:")
}

/// What an allowed write changes.
fn plan(meta: &LogMeta, held: Option<Header>, write: Write, epoch: &Epoch, time: Millis) -> Plan {
    let mut meta = meta.clone();
    meta.top += 1;
    meta.last_time = time;
    meta.epochs.write(epoch, meta.top);
    let Change { target, body, grant: _ } = write.change;
    let (key, number, first_written) = match target {
        Target::NewMessage => {
            meta.last_number += 1;
            (RecordKey::message(meta.last_number), Some(meta.last_number), time)
        }
        Target::Key(key, _) => {
            (key, held.and_then(|held| held.number), held.map_or(time, |held| held.time))
        }
    };
    let trim = trim(&mut meta, write.keep);
    let record = Record { key, rev: meta.top, number, time: first_written, body };
    let entry = Entry {
        log: write.log,
        epoch: epoch.clone(),
        offset: meta.top,
        time,
        author: write.author,
        command: write.command,
        record,
    };
    Plan { entry, replaced: held.map(|held| held.rev), trim, meta }
}

/// Moves `first_kept` up so that at most `keep` messages stay; the numbers that fall out.
fn trim(meta: &mut LogMeta, keep: u32) -> Range<Number> {
    let before = meta.first_kept;
    let lowest = (meta.last_number + 1).saturating_sub(u64::from(keep.max(1)));
    meta.first_kept = before.max(lowest);
    before..meta.first_kept
}
