//! The order of one followed log: what is next, what waits, what must be read.
//!
//! Pure: no runtime, no clock, no store. The hub's actors and the simulation drive the same thing.
//! Time is any monotonic count of milliseconds.

mod ring;

use std::collections::BTreeMap;

use parlor_shared::{Entry, Millis, Offset, Page, Position};

use ring::Ring;

/// How long an entry ahead of the next offset may stand alone before its log is read.
const GAP_MS: Millis = 100;
/// Entries that may wait for the ones before them; beyond, they are dropped and the log is read.
const AHEAD_ENTRIES: usize = 1_000;

/// What the followers get next.
#[derive(Clone, Debug, PartialEq)]
pub enum Deliver {
    /// The next change, contiguous with the one before.
    Entry(Entry),
    /// Several changes as the states they led to, completing the page's position. A page with a
    /// `reset` means the log is another than was told.
    Changes(Page),
}

/// How somebody who holds a position becomes a follower.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Completion {
    /// With these entries they are where the channel is.
    Live(Vec<Entry>),
    /// The channel is not there yet, or cannot tell: ask the store again from the position held.
    ReadOn,
}

/// One followed log as its single owner sees it.
///
/// While it is in doubt it delivers nothing: entries wait until the changes have been read.
#[derive(Debug)]
pub struct Channel {
    position: Position,
    ring: Ring,
    ahead: BTreeMap<Offset, Entry>,
    gap_since: Option<Millis>,
    /// The highest offset that somebody was told of and the next read must bring.
    promised: Offset,
    doubt: bool,
    reading: bool,
}

impl Channel {
    /// A channel of a log that is at `position`; whatever is before is known to nobody here.
    #[must_use]
    pub fn new(position: Position) -> Self {
        Self {
            ring: Ring::new(position.clone()),
            position,
            ahead: BTreeMap::new(),
            gap_since: None,
            promised: 0,
            doubt: false,
            reading: false,
        }
    }

    /// The last change delivered.
    #[must_use]
    pub const fn position(&self) -> &Position {
        &self.position
    }

    /// Takes an announced entry, in whatever order and however often it comes, and says what is
    /// delivered now. An entry of another epoch than the one held is never believed by itself: the
    /// changes are read first, since the store may have forgotten what was told.
    pub fn accept(&mut self, entry: Entry, now: Millis) -> Vec<Deliver> {
        if entry.epoch != self.position.epoch {
            self.doubt = true;
        }
        if entry.offset > self.position.offset {
            self.ahead.insert(entry.offset, entry);
        }
        if self.ahead.len() > AHEAD_ENTRIES {
            self.ahead.clear();
            self.doubt = true;
        }
        self.drain(now)
    }

    /// Announcements may have been missed: the changes must be read.
    pub const fn doubt(&mut self) {
        self.doubt = true;
    }

    /// Compares with the log's top as the store tells it; `asked` is the channel's position when
    /// the question was sent. A top that this channel cannot have passed by itself raises a doubt.
    pub fn look(&mut self, top: &Position, asked: &Position) {
        let between = (asked.offset..=self.position.offset).contains(&top.offset);
        if top.epoch != self.position.epoch || !between {
            self.doubt = true;
        }
    }

    /// Whether the changes since [`Channel::position`] must be read now. False while a read runs.
    #[must_use]
    pub fn needs_read(&self, now: Millis) -> bool {
        let overdue = self.gap_since.is_some_and(|since| now >= since + GAP_MS);
        !self.reading && (self.doubt || overdue)
    }

    /// When [`Channel::needs_read`] becomes true by itself, if it will; always after `now`, so that
    /// a read that must wait for the store is not waited for by looking again and again.
    #[must_use]
    pub fn deadline(&self, now: Millis) -> Option<Millis> {
        let due = self.gap_since.filter(|_| !self.reading).map(|since| since + GAP_MS);
        due.filter(|due| *due > now)
    }

    /// A read of the changes after the returned position begins. It will find every entry that
    /// waits, so these are dropped: one it does not find is lost to the store, and to wait for it
    /// would be to read for ever.
    pub fn begin_read(&mut self) -> Position {
        self.reading = true;
        self.doubt = false;
        self.gap_since = None;
        self.promised = 0;
        self.ahead.clear();
        self.position.clone()
    }

    /// The read failed: the doubt stays.
    pub const fn read_failed(&mut self) {
        self.reading = false;
        self.doubt = true;
    }

    /// Takes the page that was read, and says what is delivered now. While the page says `more`,
    /// the channel needs another read.
    pub fn apply_changes(&mut self, page: Page, now: Millis) -> Vec<Deliver> {
        self.reading = false;
        self.doubt |= page.more;
        let mut delivered = Vec::new();
        if page.reset.is_some() || self.is_news(&page) {
            self.position = page.position.clone();
            self.ring = Ring::new(page.position.clone());
            self.ahead = self.ahead.split_off(&(page.position.offset + 1));
            delivered.push(Deliver::Changes(Page { more: false, ..page }));
        }
        delivered.extend(self.drain(now));
        delivered
    }

    /// Every entry after `held`, if that is a position this channel passed and still remembers.
    #[must_use]
    pub fn since(&self, held: &Position) -> Option<Vec<Entry>> {
        self.ring.after(held)
    }

    /// Whether what it delivered is all there is, as far as it can know.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        !self.doubt && !self.reading
    }

    /// The store gave somebody this page. If no announcement leads to where it ends within 100 ms,
    /// the changes are read. Where a page ends on the way says nothing of the top, nor does the
    /// epoch of that time.
    pub fn expect(&mut self, page: &Page, now: Millis) {
        let top = &page.position;
        if page.more && top.offset <= self.position.offset {
            return;
        }
        if top.epoch != self.position.epoch {
            self.doubt = true;
        } else if top.offset > self.position.offset {
            self.promise(top.offset, now);
        }
    }

    /// How somebody who has everything up to `held` becomes a follower of what comes.
    ///
    /// Nobody follows from ahead of the channel: what the store forgets of the part between, the
    /// channel would never miss, and so never tell. Nor from before all it knows: the store may have
    /// gone back. If no announcement explains it within 100 ms, the changes are read.
    pub fn complete(&mut self, held: &Position, now: Millis) -> Completion {
        if let Some(entries) = self.ring.after(held) {
            return Completion::Live(entries);
        }
        if held.epoch == self.position.epoch {
            self.promise(held.offset, now);
        } else {
            self.doubt = true;
        }
        Completion::ReadOn
    }

    /// The log goes on to `offset` at least.
    fn promise(&mut self, offset: Offset, now: Millis) {
        self.promised = self.promised.max(offset);
        self.gap_since.get_or_insert(now);
    }

    /// Whether a page leads on; in an empty log that may be to the store's next epoch.
    fn is_news(&self, page: &Page) -> bool {
        page.position.offset >= self.position.offset && page.position != self.position
    }

    /// Delivers what waits and is next, unless in doubt.
    fn drain(&mut self, now: Millis) -> Vec<Deliver> {
        let mut delivered = Vec::new();
        while let Some(entry) = self.next_in_order() {
            self.position = Position { epoch: entry.epoch.clone(), offset: entry.offset };
            self.ring.push(entry.clone());
            delivered.push(Deliver::Entry(entry));
        }
        if self.ahead.is_empty() && self.promised <= self.position.offset {
            self.gap_since = None;
        } else if !delivered.is_empty() || self.gap_since.is_none() {
            self.gap_since = Some(now);
        }
        delivered
    }

    fn next_in_order(&mut self) -> Option<Entry> {
        if self.doubt || self.reading {
            return None;
        }
        let next = self.position.offset + 1;
        if self.ahead.get(&next)?.epoch != self.position.epoch {
            self.doubt = true;
            return None;
        }
        self.ahead.remove(&next)
    }
}

#[cfg(test)]
mod tests;
