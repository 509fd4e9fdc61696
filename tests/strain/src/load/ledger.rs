//! What arrived at each client, and what did not: counted from the frames themselves.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Result;
use hdrhistogram::Histogram;
use parlor_shared::{Body, Event, Outcome, Page, decode_event};
use parlor_tests::{Witness, fresh_number};
use serde::Deserialize;

use super::said::{Said, now_us};

/// The longest latency that is told apart, in microseconds.
const LONGEST_US: u64 = 120_000_000;

/// One run: its id, and what all its clients counted.
#[derive(Clone, Debug)]
pub(super) struct Run(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    id: u64,
    /// Different messages that arrived, summed over the clients.
    arrived: AtomicU64,
    repeated: AtomicU64,
    out_of_order: AtomicU64,
    /// Links that were opened.
    links: AtomicU64,
    /// From when latencies count, if not from when a message was sent.
    since_us: AtomicU64,
    latencies: Mutex<Histogram<u64>>,
}

impl Run {
    pub(super) fn new() -> Result<Self> {
        let latencies = Mutex::new(Histogram::new_with_bounds(1, LONGEST_US, 3)?);
        let [arrived, repeated, out_of_order, links, since_us] = [const { AtomicU64::new(0) }; 5];
        let id = fresh_number();
        Ok(Self(Arc::new(Counts {
            id,
            arrived,
            repeated,
            out_of_order,
            links,
            since_us,
            latencies,
        })))
    }

    pub(super) fn id(&self) -> u64 {
        self.0.id
    }

    pub(super) fn arrived(&self) -> u64 {
        self.0.arrived.load(Ordering::Relaxed)
    }

    pub(super) fn repeated(&self) -> u64 {
        self.0.repeated.load(Ordering::Relaxed)
    }

    pub(super) fn out_of_order(&self) -> u64 {
        self.0.out_of_order.load(Ordering::Relaxed)
    }

    pub(super) fn links(&self) -> u64 {
        self.0.links.load(Ordering::Relaxed)
    }

    /// From the wish to say something to its arrival, in microseconds.
    pub(super) fn latencies(&self) -> MutexGuard<'_, Histogram<u64>> {
        self.0.latencies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts latencies from now on, whenever a message was sent.
    pub(super) fn counts_from_now(&self) {
        self.latencies().reset();
        self.0.since_us.store(now_us(), Ordering::Relaxed);
    }

    /// A ledger for one more client; `hidden` is kept from it.
    pub(super) fn ledger(&self, hidden: Option<u32>) -> (Ledger, Arrivals) {
        let arrivals = Arrivals::default();
        let (run, last) = (self.clone(), HashMap::new());
        (Ledger { run, hidden, arrivals: arrivals.clone(), last }, arrivals)
    }
}

/// Which messages one client has.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals(Arc<Mutex<Vec<u64>>>);

impl Arrivals {
    /// Notes one; false when it was there.
    fn note(&self, sequence: u32) -> bool {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (place, bit) = (sequence as usize / 64, 1 << (sequence % 64));
        if words.len() <= place {
            words.resize(place + 1, 0);
        }
        let Some(word) = words.get_mut(place) else { return false };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// How many of these it has not.
    pub(super) fn missing(&self, sequences: &[u32]) -> u64 {
        let words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has = |sequence: u32| {
            words.get(sequence as usize / 64).is_some_and(|word| word & (1 << (sequence % 64)) != 0)
        };
        sequences.iter().filter(|sequence| !has(**sequence)).count() as u64
    }
}

/// One client's.
#[derive(Debug)]
pub(super) struct Ledger {
    run: Run,
    hidden: Option<u32>,
    arrivals: Arrivals,
    /// The last offset that came live on this link, by log.
    last: HashMap<String, u64>,
}

impl Ledger {
    fn entry(&mut self, glance: &Glance<'_>) {
        let last = self.last.entry(glance.log.as_ref().to_owned()).or_default();
        let ordered = glance.offset > *last;
        *last = glance.offset.max(*last);
        let Some(said) = glance.record.body.value.text.as_deref().and_then(Said::of) else {
            return;
        };
        if self.notes(said, true) && !ordered {
            self.run.0.out_of_order.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What a page that catches up brings; one that starts afresh may bring what was there.
    fn page(&mut self, page: &Page) {
        for record in &page.records {
            let Body::Message(message) = &record.body else { continue };
            let said = message.text.as_deref().and_then(Said::of);
            said.map(|said| self.notes(said, page.reset.is_none()));
        }
        self.last.insert(page.log.to_string(), page.position.offset);
    }

    fn notes(&self, said: Said, once: bool) -> bool {
        if said.run != self.run.id() || self.hidden == Some(said.sequence) {
            return false;
        }
        let new = self.arrivals.note(said.sequence);
        if new {
            let since_us = said.sent_us.max(self.run.0.since_us.load(Ordering::Relaxed));
            let us = now_us().saturating_sub(since_us).clamp(1, LONGEST_US);
            self.run.latencies().saturating_record(us);
            self.run.0.arrived.fetch_add(1, Ordering::Relaxed);
        } else if once {
            self.run.0.repeated.fetch_add(1, Ordering::Relaxed);
        }
        new
    }
}

impl Witness for Ledger {
    fn arrives(&mut self, frame: &str) {
        // Nine of ten frames are entries, and this reads only what is counted.
        if frame.starts_with(r#"{"type":"entry""#)
            && let Ok(glance) = serde_json::from_str(frame)
        {
            return self.entry(&glance);
        }
        if let Ok(Event::Changes(page) | Event::Ok { result: Outcome::Page(page), .. }) =
            decode_event(frame)
        {
            self.page(&page);
        }
    }

    fn connects(&mut self) {
        self.last.clear();
        self.run.0.links.fetch_add(1, Ordering::Relaxed);
    }
}

/// As much of an entry as is counted.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    log: Cow<'a, str>,
    offset: u64,
    #[serde(borrow)]
    record: GlanceRecord<'a>,
}

#[derive(Deserialize)]
struct GlanceRecord<'a> {
    #[serde(borrow)]
    body: GlanceBody<'a>,
}

#[derive(Deserialize)]
struct GlanceBody<'a> {
    #[serde(borrow)]
    value: GlanceValue<'a>,
}

#[derive(Deserialize)]
struct GlanceValue<'a> {
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
}

#[cfg(test)]
mod tests {
    use super::{Run, Said, Witness};

    fn frame(run: &Run, offset: u64, sequence: u32) -> String {
        let text = Said::now(run.id(), sequence).text(64);
        let record = format!(r#"{{"body":{{"kind":"message","value":{{"text":"{text}"}}}}}}"#);
        format!(r#"{{"type":"entry","log":"room:x","offset":{offset},"record":{record}}}"#)
    }

    #[test]
    fn what_is_missing_comes_again_or_comes_late_is_counted() {
        let run = Run::new().unwrap();
        let (mut ledger, arrivals) = run.ledger(None);
        for (offset, sequence) in [(1, 0), (2, 1), (2, 1), (5, 4), (4, 3)] {
            ledger.arrives(&frame(&run, offset, sequence));
        }
        assert_eq!((run.arrived(), run.repeated(), run.out_of_order()), (4, 1, 1));
        assert_eq!(arrivals.missing(&[0, 1, 2, 3, 4]), 1);
    }

    #[test]
    fn another_link_begins_its_order_anew_and_another_run_is_not_counted() {
        let run = Run::new().unwrap();
        let (mut ledger, arrivals) = run.ledger(None);
        ledger.arrives(&frame(&run, 9, 0));
        ledger.connects();
        ledger.arrives(&frame(&run, 3, 1));
        ledger.arrives(&frame(&Run::new().unwrap(), 4, 2));
        assert_eq!((run.arrived(), run.out_of_order(), arrivals.missing(&[2])), (2, 0, 1));
    }
}
