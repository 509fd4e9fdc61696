//! Stores that engine tests open, close and open again.

use std::sync::Arc;

use async_trait::async_trait;
use parlor::engine::{Delivery, Engine, embedded};
use tempfile::TempDir;

/// One store of a test's own, empty at first.
#[async_trait]
pub trait EngineFactory: Send + Sync {
    /// Opens the store for a node. The store is the same each time; whoever opens it again has
    /// dropped the engine before.
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine;
}

/// The embedded store in a directory that goes with the test.
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
    #[expect(clippy::expect_used, reason = "a test without a store cannot go on")]
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine {
        let dir = self.dir.path().to_owned();
        let opened = tokio::task::spawn_blocking(move || embedded::open(&dir, delivery)).await;
        opened.expect("opening does not panic").expect("the store opens")
    }
}
