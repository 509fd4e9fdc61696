//! What a log's owner knows of it, so that whoever comes back is answered without asking the store:
//! pages read a moment ago, and the channel's last entries with the counts that go with them.
//!
//! Pure, like the channel. An answer is what the store would say at the channel's position. Where the
//! log goes on faster than it is read, it is what the store said while somebody waited for it; what
//! came since, the channel's entries complete. So a log is read once per change at the most, however
//! many come back.

mod counts;

use std::{collections::VecDeque, sync::Arc};

use parlor_shared::{LogId, Millis, Page, Position, Reset};

use super::{Channel, ready::Ready};
use crate::engine::LogTop;
use counts::{Age, Counts, age, highest};

/// Pages remembered.
const PAGES: usize = 8;
/// For how long.
const REMEMBERED_MS: Millis = 10_000;

/// What is known of one log.
#[derive(Debug)]
pub(super) struct Recent {
    counts: Counts,
    pages: VecDeque<Known>,
    answers: Answers,
}

/// How many answers of the store there were; a moment in the life of a log's owner.
pub(super) type Answers = u64;

/// A page and the question it answered.
#[derive(Debug)]
struct Known {
    after: Option<Position>,
    page: Arc<Ready>,
    /// Where the log was, at the least, when what entries do not say was read, and when that was.
    as_of: Position,
    read: Answers,
    until: Millis,
}

/// What there is to answer with.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// The page after the position asked for.
    Page(Arc<Ready>),
    /// It was read, but of a state that the channel has yet to reach.
    Ahead,
    /// The log's counts must be read: the entries are here.
    NeedsTop,
    /// The changes must be read.
    NeedsChanges,
}

impl Recent {
    /// Knows the top and nothing before it.
    pub(super) fn new(top: LogTop) -> Self {
        Self { counts: Counts::of(top, 0), pages: VecDeque::new(), answers: 0 }
    }

    /// The present moment: whoever asks from now on is told nothing that was read before and is out
    /// of date.
    pub(super) const fn moment(&self) -> Answers {
        self.answers
    }

    /// Takes the top as it was read.
    pub(super) fn note_top(&mut self, top: LogTop) {
        self.answers += 1;
        self.counts = Counts::of(top, self.answers);
    }

    /// Takes a page as it was read in answer to `after`; `asked_at` is where the channel was then.
    pub(super) fn note_page(
        &mut self,
        after: Option<Position>,
        page: Page,
        asked_at: &Position,
        now: Millis,
    ) {
        self.answers += 1;
        if !page.more {
            let same = page.position.epoch == self.counts.position.epoch;
            self.counts = Counts {
                position: page.position.clone(),
                epochs: self.counts.epochs.take().filter(|_| same),
                last_number: page.last_number,
                first_kept: page.first_kept,
                read: self.answers,
            };
        }
        let as_of = if page.more { asked_at.clone() } else { page.position.clone() };
        let (read, until) = (self.answers, now + REMEMBERED_MS);
        let page = Arc::new(Ready::new(page));
        self.remember(Known { after, page, as_of, read, until });
    }

    /// Lets go of all pages: the log is another than was thought.
    pub(super) fn forget(&mut self) {
        self.pages.clear();
    }

    /// Lets go of pages read long ago.
    pub(super) fn tidy(&mut self, now: Millis) {
        self.pages.retain(|known| now < known.until);
    }

    /// The page for somebody who holds everything up to `after` and asked at `asked`.
    pub(super) fn page(
        &mut self,
        log: &LogId,
        after: Option<&Position>,
        channel: &Channel,
        asked: Answers,
        now: Millis,
    ) -> Found {
        let mut ahead = false;
        for known in &self.pages {
            let Some(part) = known.part_for(after) else { continue };
            match (known.age(channel, asked), part) {
                (Age::Fresh, Part::Whole) => return Found::Page(Arc::clone(&known.page)),
                (Age::Fresh, Part::After(after)) => {
                    let part = known.after(after);
                    let page = Arc::clone(&part.page);
                    self.remember(part);
                    return Found::Page(page);
                }
                (Age::Ahead, _) => ahead = true,
                (Age::Old, _) => {}
            }
        }
        let entries = after.and_then(|after| channel.since(after));
        match (age(&self.counts.position, self.counts.read > asked, channel), entries) {
            _ if ahead => Found::Ahead,
            (Age::Fresh, Some(entries)) => {
                let page = self.counts.page(log, channel.position(), entries);
                let page = Arc::new(Ready::new(page));
                let (as_of, read) = (self.counts.position.clone(), self.counts.read);
                let (after, until) = (after.cloned(), now + REMEMBERED_MS);
                self.remember(Known { after, page: Arc::clone(&page), as_of, read, until });
                Found::Page(page)
            }
            (Age::Ahead, Some(_)) => Found::Ahead,
            (Age::Old, Some(_)) => Found::NeedsTop,
            (Age::Fresh | Age::Ahead | Age::Old, None) => Found::NeedsChanges,
        }
    }

    /// Where the log is, as far as the channel has come, for somebody who asked at `asked`.
    pub(super) fn top(&self, channel: &Channel, asked: Answers) -> Option<LogTop> {
        let counts = &self.counts;
        let epochs = counts.epochs.clone()?;
        let fresh = age(&counts.position, counts.read > asked, channel) == Age::Fresh;
        let since = channel.since(&counts.position).filter(|_| fresh)?;
        let last_number = counts.last_number.max(highest(&since));
        let (position, first_kept) = (channel.position().clone(), counts.first_kept);
        Some(LogTop { position, epochs, last_number, first_kept })
    }

    fn remember(&mut self, known: Known) {
        self.pages.retain(|held| held.after != known.after);
        self.pages.push_front(known);
        self.pages.truncate(PAGES);
    }
}

/// How much of a page answers somebody.
enum Part<'a> {
    /// All of it.
    Whole,
    /// What it has after this position.
    After(&'a Position),
}

impl Known {
    /// How much of the page answers somebody at `after`, if any of it does. Which records changed since a
    /// later position on the way is a part of what changed since the one asked for; and whoever is
    /// further back than too far, or further on a lost branch, is no better off.
    fn part_for<'a>(&self, after: Option<&'a Position>) -> Option<Part<'a>> {
        if self.after.as_ref() == after {
            return Some(Part::Whole);
        }
        let (asked, after, page) = (self.after.as_ref()?, after?, self.page.page());
        let upwards = asked.epoch == after.epoch && asked.offset <= after.offset;
        match page.reset {
            None => {
                let top = &page.position;
                // Where a page ends that is not the last, the next one begins.
                let end = top.offset.saturating_sub(u64::from(page.more));
                let within = top.epoch == after.epoch && after.offset <= end;
                (upwards && within).then_some(Part::After(after))
            }
            Some(Reset::Forked) => upwards.then_some(Part::Whole),
            Some(Reset::Start | Reset::TooMany) => None,
        }
    }

    fn age(&self, channel: &Channel, asked: Answers) -> Age {
        let page = self.page.page();
        let unheard = page.more && page.position.offset > channel.position().offset;
        let age = age(&self.as_of, self.read > asked, channel);
        if unheard && age == Age::Fresh { Age::Ahead } else { age }
    }

    /// The part of it that somebody at `after` lacks.
    fn after(&self, after: &Position) -> Self {
        let mut page = self.page.page().clone();
        page.records.retain(|record| record.rev > after.offset);
        Self {
            after: Some(after.clone()),
            page: Arc::new(Ready::new(page)),
            as_of: self.as_of.clone(),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests;
