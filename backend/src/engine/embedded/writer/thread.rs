//! The loop of the writing thread.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use parlor_shared::Entry;

use super::{Batch, job::Job, rest::Rest};
use crate::engine::{
    EngineError,
    embedded::{Clock, error::StoreError, fault::unless_damaged, follows::Follows, store::Store},
};

/// A batch older than this takes no more work, however much waits.
const BATCH_AGE: Duration = Duration::from_millis(2);

type Queue = Receiver<Box<dyn Job>>;

/// Why a batch was lost.
enum Lost {
    /// Nothing of it was written.
    Before(StoreError),
    /// The commit itself failed: it may be on the disk or not.
    Within(StoreError),
}

impl From<StoreError> for Lost {
    fn from(error: StoreError) -> Self {
        Self::Before(error)
    }
}

/// Writes until nobody can submit any more.
pub(super) fn run(store: &Store, follows: &Follows, clock: &Clock, queue: &Queue) {
    let mut rest = Rest::default();
    while let Some(first) = next(store, follows, queue, &mut rest) {
        if rest.left(Instant::now()).is_some() || !store.is_open() {
            first.settle(Err(EngineError::Away("the store takes no writes now".to_owned())));
            continue;
        }
        let mut jobs = Vec::new();
        let written = unless_damaged(|| write(store, clock, queue, first, &mut jobs));
        match written.unwrap_or_else(|what| Err(Lost::Within(StoreError::Damaged(what)))) {
            Ok(entries) => {
                entries.into_iter().for_each(|entry| follows.announce(entry));
                settle(jobs, &Ok(()));
                if rest.succeed() {
                    tracing::info!("the store takes writes again");
                }
            }
            // The transaction is undone and redb goes on; a rest would punish all for one page.
            Err(Lost::Before(StoreError::Damaged(_))) => settle(jobs, &Err(undone())),
            Err(lost) => {
                settle(jobs, &Err(told(store, lost)));
                rest.fail(Instant::now());
                reopen(store, follows);
            }
        }
    }
}

/// Waits for work; meanwhile reopens a store that is closed, when its rest is over.
fn next(store: &Store, follows: &Follows, queue: &Queue, rest: &mut Rest) -> Option<Box<dyn Job>> {
    while !store.is_open() {
        let Some(left) = rest.left(Instant::now()) else {
            if !reopen(store, follows) {
                rest.fail(Instant::now());
            }
            continue;
        };
        match queue.recv_timeout(left) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    queue.recv().ok()
}

/// Runs one batch and commits it; the entries to announce. `jobs` holds all that were in it.
fn write(
    store: &Store,
    clock: &Clock,
    queue: &Queue,
    first: Box<dyn Job>,
    jobs: &mut Vec<Box<dyn Job>>,
) -> Result<Vec<Entry>, Lost> {
    let mut job = Some(first);
    let written = store.with(|opened| {
        store.check()?;
        // Durable at once, which is what redb does unless told otherwise.
        let txn = opened.database.begin_write()?;
        let mut batch = Batch::open(&txn, opened.epoch.clone(), clock.clone(), store.place())?;
        let begun = Instant::now();
        while let Some(mut now) = job.take() {
            let done = now.run(&mut batch);
            jobs.push(now);
            done?;
            if begun.elapsed() < BATCH_AGE {
                job = queue.try_recv().ok();
            }
        }
        let entries = std::mem::take(&mut batch.entries);
        drop(batch);
        // The file is looked at once more before anything is confirmed.
        let committed = txn.commit().map_err(StoreError::from).and_then(|()| store.written());
        Ok(committed.map(|()| entries))
    });
    // Work that found no open transaction is answered as well.
    jobs.extend(job);
    written?.map_err(Lost::Within)
}

/// What those hear whose batch met a damaged page at another's work.
fn undone() -> EngineError {
    EngineError::Away("the batch was undone".to_owned())
}

/// What those hear whose batch was lost.
fn told(store: &Store, lost: Lost) -> EngineError {
    match lost {
        Lost::Before(error) => {
            let away = EngineError::Away(error.to_string());
            let error = store.unfit(error);
            tracing::error!(%error, "the store failed; nothing of the batch was written");
            away
        }
        Lost::Within(error) => {
            let error = store.unfit(error);
            tracing::error!(%error, "the store failed to commit a batch");
            EngineError::Timeout
        }
    }
}

fn settle(jobs: Vec<Box<dyn Job>>, fate: &Result<(), EngineError>) {
    for job in jobs {
        job.settle(fate.clone());
    }
}

/// Opens the store anew so that reads go on; whether it could be. A commit that failed may still
/// have been written, so what is followed is to be read again.
fn reopen(store: &Store, follows: &Follows) -> bool {
    let reopened = store.reopen();
    match &reopened {
        Ok(()) => follows.doubt(),
        Err(error) => tracing::error!(%error, "the store could not be reopened"),
    }
    reopened.is_ok()
}
