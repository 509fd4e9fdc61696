//! Stores that engine tests open, crash and open again.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use parlor::engine::{
    Delivery, Engine,
    embedded::{self, OpenError},
};
use tempfile::TempDir;

use crate::{Disk, Syncs};

/// One store of a test's own, empty at first.
#[async_trait]
pub trait EngineFactory: Send + Sync {
    /// Opens the store for a node. The store is the same each time; whoever opens it again has
    /// dropped the engine before.
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine;

    /// Called just before an engine is dropped to be opened again: the moment for an accident.
    async fn crash(&self) {}
}

/// The embedded store in a directory that goes with the test, closed properly each time.
#[derive(Debug)]
pub struct EmbeddedFactory {
    dir: TempDir,
}

impl EmbeddedFactory {
    /// An empty directory.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without a directory cannot go on")]
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary directory") }
    }
}

impl Default for EmbeddedFactory {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl EngineFactory for EmbeddedFactory {
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine {
        let dir = self.dir.path().to_owned();
        opened(move || embedded::open(&dir, delivery)).await
    }
}

/// The embedded store on a [`Disk`] that loses power before each reopening.
#[derive(Debug)]
pub struct DiskFactory {
    disk: Disk,
    losses: AtomicU64,
}

impl DiskFactory {
    /// A new disk.
    #[must_use]
    pub fn new(syncs: Syncs) -> Self {
        Self { disk: Disk::new(syncs), losses: AtomicU64::new(0) }
    }
}

#[async_trait]
impl EngineFactory for DiskFactory {
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine {
        if !self.disk.is_powered() {
            self.disk.restore_power(self.losses.fetch_add(1, Ordering::Relaxed));
        }
        let disk = self.disk.clone();
        let clock = embedded::system_clock();
        opened(move || embedded::open_with(move || disk.backend(), clock, delivery)).await
    }

    async fn crash(&self) {
        self.disk.cut_power();
    }
}

/// What `open` opens, on a thread that may block.
#[expect(clippy::expect_used, reason = "a test without a store cannot go on")]
async fn opened(open: impl FnOnce() -> Result<Engine, OpenError> + Send + 'static) -> Engine {
    let opened = tokio::task::spawn_blocking(open).await;
    opened.expect("opening does not panic").expect("the store opens")
}
