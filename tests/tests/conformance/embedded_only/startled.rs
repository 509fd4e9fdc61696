//! A commit that panics, in redb or below it: the writing thread goes on with the store opened anew.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use parlor::engine::{
    EngineError,
    embedded::{open_with, system_clock},
};
use parlor_tests::{Disk, DiskBackend, Syncs};
use redb::StorageBackend;

use super::Deaf;
use crate::stage::{numbers, room, says};

/// How long the store may take to be opened anew.
const PATIENCE: Duration = Duration::from_secs(20);

/// A disk that panics at the next sync when it is told to.
#[derive(Debug)]
struct Startled {
    disk: DiskBackend,
    by: Arc<AtomicBool>,
}

impl StorageBackend for Startled {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.read(offset, out)
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.disk.set_len(length)
    }

    fn sync_data(&self) -> io::Result<()> {
        assert!(!self.by.swap(false, Ordering::SeqCst), "startled");
        self.disk.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.disk.write(offset, data)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_panics_is_in_doubt_and_the_next_ones_are_taken() {
    let (disk, startle) = (Disk::new(Syncs::Honoured), Arc::new(AtomicBool::new(false)));
    let by = Arc::clone(&startle);
    let backend = move || Ok(Startled { disk: disk.backend()?, by: Arc::clone(&by) });
    let engine = open_with(backend, system_clock(), Arc::new(Deaf)).unwrap();
    assert!(engine.broker.write(says("ann", "one")).await.is_ok());
    startle.store(true, Ordering::SeqCst);
    let two = says("ann", "two");
    assert_eq!(engine.broker.write(two.clone()).await, Err(EngineError::Timeout));
    let begun = Instant::now();
    while let Err(error) = engine.broker.write(two.clone()).await {
        assert!(begun.elapsed() < PATIENCE, "{error}");
        tokio::task::yield_now().await;
    }
    assert!(engine.broker.write(says("ann", "three")).await.is_ok());
    let page = engine.broker.changes(&room(), None).await.unwrap();
    assert_eq!(numbers(&page.records), [1, 2, 3]);
}
