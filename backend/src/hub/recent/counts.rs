//! What entries do not say of a log, and the page that entries come to with it.

use std::collections::HashSet;

use parlor_shared::{
    Body, Entry, Epoch, EpochHistory, LogId, Number, Offset, Page, Position, Record,
};

use super::Answers;
use crate::{
    engine::{LogTop, log::one_page},
    hub::Channel,
};

/// What entries do not say: read at `position`.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) position: Position,
    /// Forgotten when the log goes on under another epoch.
    pub(super) epochs: Option<EpochHistory>,
    pub(super) last_number: Number,
    pub(super) first_kept: Number,
    pub(super) read: Answers,
}

impl Counts {
    pub(super) fn of(top: LogTop, read: Answers) -> Self {
        let LogTop { position, epochs, last_number, first_kept } = top;
        Self { position, epochs: Some(epochs), last_number, first_kept, read }
    }

    /// The page that `entries` come to, up to the channel's position.
    pub(super) fn page(&self, log: &LogId, top: &Position, entries: Vec<Entry>) -> Page {
        let last_number = self.last_number.max(highest(&entries));
        let epochs: Vec<(Epoch, Offset)> =
            entries.iter().map(|entry| (entry.epoch.clone(), entry.offset)).collect();
        let (records, full) = one_page(newest_of_each(entries, self.first_kept));
        let last = records.last().map_or(top.offset, |record| record.rev);
        let epoch = epochs.into_iter().find(|(_, offset)| *offset == last).map(|(epoch, _)| epoch);
        let position = match epoch {
            Some(epoch) if full => Position { epoch, offset: last },
            Some(_) | None => top.clone(),
        };
        let (log, first_kept) = (log.clone(), self.first_kept);
        Page { log, reset: None, records, position, more: full, first_kept, last_number }
    }
}

/// How something read at a position stands to the channel now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// It may be told.
    Fresh,
    /// The channel is not there yet.
    Ahead,
    /// It must be read anew.
    Old,
}

/// `waited`: it was read while the asker waited, so that it may be told also if the log went on.
pub(super) fn age(position: &Position, waited: bool, channel: &Channel) -> Age {
    let here = channel.position();
    if position == here || (waited && channel.since(position).is_some()) {
        Age::Fresh
    } else if position.epoch == here.epoch && position.offset > here.offset {
        Age::Ahead
    } else {
        Age::Old
    }
}

/// The highest message number among `entries`.
pub(super) fn highest(entries: &[Entry]) -> Number {
    let messages = entries.iter().filter(|entry| is_message(&entry.record));
    messages.filter_map(|entry| entry.record.number).max().unwrap_or_default()
}

/// Each record in its newest state, in order of `rev`, without messages no longer kept.
fn newest_of_each(entries: Vec<Entry>, first_kept: Number) -> Vec<Record> {
    let mut seen = HashSet::new();
    let records = entries.into_iter().rev().map(|entry| entry.record);
    let mut records: Vec<Record> =
        records.filter(|record| seen.insert(record.key.clone())).collect();
    let trimmed = |record: &Record| {
        is_message(record) && record.number.is_some_and(|number| number < first_kept)
    };
    records.retain(|record| !trimmed(record));
    records.reverse();
    records
}

fn is_message(record: &Record) -> bool {
    matches!(record.body, Body::Message(_)) || record.key.as_str().starts_with("message:")
}
