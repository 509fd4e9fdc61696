//! The last entries of a channel, bounded in number and bytes, to complete a page that was read a
//! moment ago.

use std::collections::VecDeque;

use parlor_shared::{Body, Entry, Position};

/// Entries kept at most.
const ENTRIES: usize = 256;
/// Bytes of the entries kept, roughly.
const BYTES: usize = 256 * 1024;
/// What an entry weighs without its text, roughly.
const ENTRY_BYTES: usize = 256;

/// Contiguous entries, and the position before the first of them.
#[derive(Debug)]
pub(super) struct Ring {
    base: Position,
    entries: VecDeque<Entry>,
    bytes: usize,
}

impl Ring {
    /// An empty ring after `base`.
    pub(super) const fn new(base: Position) -> Self {
        Self { base, entries: VecDeque::new(), bytes: 0 }
    }

    /// Adds the entry after the last one; the oldest make room.
    pub(super) fn push(&mut self, entry: Entry) {
        self.bytes += weight(&entry);
        self.entries.push_back(entry);
        while self.entries.len() > ENTRIES || self.bytes > BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= weight(&oldest);
            self.base = position(&oldest);
        }
    }

    /// Every entry after `held`, if `held` is a position this ring has seen.
    pub(super) fn after(&self, held: &Position) -> Option<Vec<Entry>> {
        if *held == self.base {
            return Some(self.entries.iter().cloned().collect());
        }
        let at = self.entries.iter().position(|entry| position(entry) == *held)?;
        Some(self.entries.iter().skip(at + 1).cloned().collect())
    }
}

fn position(entry: &Entry) -> Position {
    Position { epoch: entry.epoch.clone(), offset: entry.offset }
}

fn weight(entry: &Entry) -> usize {
    ENTRY_BYTES
        + match &entry.record.body {
            Body::Message(message) => message.text.as_ref().map_or(0, String::len),
            Body::Unknown { value, .. } => value.to_string().len(),
            Body::Member(_) | Body::Room(_) | Body::Membership(_) | Body::Read(_) => 0,
        }
}
