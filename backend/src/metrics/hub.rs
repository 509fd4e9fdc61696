//! What was delivered, and how those who came back were answered.

use parlor_shared::{Body, Page, Position, Record, Reset};
use prometheus::{Histogram, HistogramOpts, HistogramVec, IntCounter, Registry};

use super::counters;

/// Records on a page: none, a few, a page, and all that is caught up with.
const RECORDS: &[f64] = &[0.0, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 75.0, 100.0];

/// Where the answer to a catch-up came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What the node knew already.
    Recent,
    /// A read of the store, which others may have waited for too.
    Store,
}

/// The hub's counters.
#[derive(Clone, Debug)]
pub struct HubMetrics {
    delivered: IntCounter,
    recent: Histogram,
    store: Histogram,
    start: IntCounter,
    too_many: IntCounter,
    forked: IntCounter,
    beyond_kept: IntCounter,
    interrupted: IntCounter,
}

impl HubMetrics {
    /// All at zero.
    ///
    /// # Errors
    /// When `registry` has one of these names already.
    pub fn new(registry: &Registry) -> prometheus::Result<Self> {
        let name = "parlor_catch_up_records";
        let help = "Pages answered to clients that caught up, by records on them and by whether \
                    the node knew them or waited for a read of the store.";
        let options = HistogramOpts::new(name, help).buckets(RECORDS.to_vec());
        let records = HistogramVec::new(options, &["source"])?;
        registry.register(Box::new(records.clone()))?;
        let resets = "Catch-ups that had to start afresh, by cause.";
        let resets = counters(registry, "parlor_resets_total", resets, &["cause"])?;
        let counter = |name, help| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            prometheus::Result::Ok(counter)
        };
        Ok(Self {
            delivered: counter(
                "parlor_entries_delivered_total",
                "Entries put into outboxes: one per entry and connection.",
            )?,
            recent: records.with_label_values(&["recent"]),
            store: records.with_label_values(&["store"]),
            start: resets.with_label_values(&["start"]),
            too_many: resets.with_label_values(&["too_many"]),
            forked: resets.with_label_values(&["forked"]),
            beyond_kept: counter(
                "parlor_catch_ups_beyond_kept_total",
                "Catch-ups from before all messages still kept, so that some may have been lost \
                 to --keep.",
            )?,
            interrupted: counter(
                "parlor_follows_interrupted_total",
                "Followers told to follow again because the log was another than thought.",
            )?,
        })
    }

    /// So many connections were given an entry.
    pub(crate) fn delivered(&self, connections: usize) {
        self.delivered.inc_by(connections as u64);
    }

    /// So many followers were told to follow again.
    pub(crate) fn interrupted(&self, followers: usize) {
        self.interrupted.inc_by(followers as u64);
    }

    /// A page answered somebody who held everything up to `after`.
    pub(crate) fn answered(&self, page: &Page, after: Option<&Position>, source: Source) {
        let records = match source {
            Source::Recent => &self.recent,
            Source::Store => &self.store,
        };
        records.observe(page.records.len() as f64);
        match page.reset {
            Some(Reset::Start) => self.start.inc(),
            Some(Reset::TooMany) => self.too_many.inc(),
            Some(Reset::Forked) => self.forked.inc(),
            None => {}
        }
        if after.is_some() && is_beyond_kept(page) {
            self.beyond_kept.inc();
        }
    }
}

/// Whether the page has every message that is kept though some are not: whoever asked for it had
/// none of them, and so perhaps not all of the others either.
fn is_beyond_kept(page: &Page) -> bool {
    let kept = (page.last_number + 1).saturating_sub(page.first_kept);
    let is_message = |record: &&Record| matches!(record.body, Body::Message(_));
    let messages = page.records.iter().filter(is_message).count() as u64;
    page.first_kept > 1 && kept > 0 && messages == kept
}
