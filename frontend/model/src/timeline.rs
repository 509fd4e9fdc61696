//! What is known of one room's log: its records, and which stretches of messages are loaded.

mod day;
mod row;
mod rows;
mod segment;

use std::collections::BTreeMap;

use crate::Ordered;

use parlor_shared::{Body, CommandId, Fold, Message, Number, PersonId, Record, RecordKey, put};

pub use day::LocalDay;
pub use row::{MessageRow, MessageState, Row, RowKey};
pub(crate) use rows::{Drawing, HISTORY, draw};
pub use segment::{Edge, Segment};

/// The records of a room. Loaded messages form stretches ([`Segment`]) with honest edges.
#[derive(Debug)]
pub struct Timeline {
    records: BTreeMap<RecordKey, Record>,
    keys: Ordered<Number, RowKey>,
    first_kept: Number,
    last_number: Number,
    /// The highest number of a record held that is no message this build can show.
    unknown: Number,
    had: Number,
    /// How many messages the room keeps, once it has trimmed.
    keep: Option<u64>,
    /// Messages below this number are not loaded: a change of one of them is kept, since an older
    /// state may be on its way, but does not show.
    floor: Number,
    complete: bool,
    edge_key: RowKey,
}

impl Timeline {
    /// Nothing known, except that numbers up to `had` were seen at another time.
    pub(crate) fn new(edge_key: RowKey, had: Number) -> Self {
        Self {
            records: BTreeMap::new(),
            keys: Ordered::default(),
            first_kept: 1,
            last_number: 0,
            unknown: 0,
            had,
            keep: None,
            floor: 0,
            complete: false,
            edge_key,
        }
    }

    /// The highest message number known of, loaded or not.
    #[must_use]
    pub fn last_number(&self) -> Number {
        self.last_number
    }

    /// The lowest message number the server keeps, as far as is known.
    #[must_use]
    pub fn first_kept(&self) -> Number {
        self.first_kept
    }

    /// Whether everything up to the server's newest change has been read once.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.complete
    }

    /// The loaded messages in order.
    #[must_use]
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = (Number, &Record, &Message)> {
        self.keys.keys().filter_map(|number| {
            let record = self.records.get(&RecordKey::message(*number))?;
            match &record.body {
                Body::Message(message) => Some((*number, record, message)),
                Body::Member(_)
                | Body::Room(_)
                | Body::Membership(_)
                | Body::Read(_)
                | Body::Unknown { .. } => None,
            }
        })
    }

    /// Every record held, message or not.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    /// The number of the message that `author` said by `command`, if it is loaded.
    #[must_use]
    pub fn said(&self, author: &PersonId, command: CommandId) -> Option<Number> {
        self.messages()
            .rev()
            .find(|(_, _, message)| message.command == command && message.author == *author)
            .map(|(number, _, _)| number)
    }

    /// The number of the last message held, whatever else there is.
    pub(crate) fn last_held(&self) -> Number {
        self.keys.keys().next_back().copied().unwrap_or(0)
    }

    /// The number up to which there is nothing more to see, whether or not it shows.
    pub(crate) fn last_seen(&self) -> Number {
        self.last_held().max(self.unknown)
    }

    pub(crate) fn key(&self, number: Number) -> Option<RowKey> {
        self.keys.get(&number).copied()
    }

    pub(crate) fn edge_key(&self) -> RowKey {
        self.edge_key
    }

    /// Puts a record in place. The first state of a loaded message gets the row key that `key`
    /// gives.
    pub(crate) fn put(&mut self, record: Record, key: impl FnOnce() -> RowKey) -> Fold {
        let number = match (&record.body, record.number) {
            (Body::Message(_), Some(number)) if record.key == RecordKey::message(number) => number,
            (_, number) => {
                self.unknown = self.unknown.max(number.unwrap_or(0));
                return put(&mut self.records, record);
            }
        };
        self.last_number = self.last_number.max(number);
        if number >= self.floor {
            self.keys.or_insert_with(number, key);
        }
        put(&mut self.records, record)
    }

    /// The log reaches at least this far, by a welcome, a reply or a page of older messages.
    pub(crate) fn reaches(&mut self, first_kept: Number, last_number: Number) {
        self.first_kept = self.first_kept.max(first_kept);
        self.last_number = self.last_number.max(last_number);
    }

    /// The log reaches exactly this far, by a page that completes a position. Both ends may have
    /// moved back: the store may have lost what nobody here had seen.
    pub(crate) fn ends(&mut self, first_kept: Number, last_number: Number) {
        self.first_kept = first_kept;
        self.last_number = last_number.max(self.last_held());
        if first_kept > 1 {
            self.keep = Some(last_number.saturating_add(1).saturating_sub(first_kept));
        }
    }

    /// The lowest number that is surely not trimmed yet, by what is known of how many are kept.
    pub(crate) fn kept_from(&self) -> Number {
        // The last number known may be of another past already; the last one held is not.
        let trimmed = |keep: u64| self.last_held().saturating_add(1).saturating_sub(keep);
        self.first_kept.max(self.keep.map_or(0, trimmed))
    }

    /// How many messages the room keeps, once it has trimmed.
    pub(crate) fn keeps(&self) -> Option<u64> {
        self.keep
    }

    /// What was put in place is all there was, up to the newest change, at some earlier time.
    pub(crate) fn restored(&mut self, first_kept: Number, last_number: Number, keep: Option<u64>) {
        self.reaches(first_kept, last_number);
        self.keep = keep;
        self.complete = true;
    }

    /// Everything from this number on is loaded, or about to be put in place.
    pub(crate) fn loads_from(&mut self, number: Number) {
        self.floor = number;
    }

    /// Older messages from this number on are about to be put in place.
    pub(crate) fn loads_back_to(&mut self, number: Number) {
        self.floor = self.floor.min(number);
    }

    /// Everything up to the newest change is here.
    pub(crate) fn completed(&mut self) {
        self.complete = true;
    }

    /// Numbers up to this one were seen at another time.
    pub(crate) fn had(&mut self, number: Number) {
        if !self.complete {
            self.had = self.had.max(number);
        }
    }

    /// Drops everything held; remembers how far it went, unless that past is void.
    pub(crate) fn reset(&mut self, void: bool) {
        self.had = if void { 0 } else { self.had.max(self.last_held()) };
        self.records.clear();
        self.keys.clear();
        self.first_kept = 1;
        self.last_number = 0;
        self.unknown = 0;
    }
}
