//! One node of a run: its process, and its ways to the store.

use anyhow::Result;
use parlor_tests::NodeProcess;

use super::{Wish, stores::Stores, ways::Ways};

/// More than anybody says.
const KEEP: u32 = 100_000;

/// A node that is to run, or not.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) process: NodeProcess,
    /// Where links to the store can be broken.
    pub(super) ways: Option<Ways>,
    /// Whether it is to run: one that ends because its store is away is started again.
    wanted: bool,
}

impl Node {
    /// Starts the node of this number.
    pub(super) async fn begin(wish: &Wish, stores: &Stores, number: usize) -> Result<Self> {
        let ways = stores.ways(number).await?;
        let url = ways.as_ref().map(|ways| stores.url_by(ways)).unwrap_or_default();
        let replicas = wish.redis_wait.to_string();
        let mut settings = vec![
            ("PARLOR_CONNECTIONS_PER_ADDRESS", "100000"),
            ("PARLOR_PING", "5"),
            ("PARLOR_LOG", "error"),
        ];
        if wish.redis_wait > 0 {
            settings.push(("PARLOR_REDIS_WAIT", &replicas));
        }
        if ways.is_some() {
            settings.push(("PARLOR_REDIS_URL", &url));
        }
        let server = wish.server.to_string_lossy();
        let process = NodeProcess::start_with(&server, stores.store(), KEEP, &settings).await?;
        Ok(Self { process, ways, wanted: true })
    }

    pub(super) fn kill(&mut self) -> Result<()> {
        self.wanted = false;
        self.process.kill()
    }

    pub(super) fn start(&mut self) -> Result<()> {
        self.wanted = true;
        self.keep_up()
    }

    /// Starts it again if it ended by itself.
    pub(super) fn keep_up(&mut self) -> Result<()> {
        if self.wanted && !self.process.is_running()? {
            self.process.launch()?;
        }
        Ok(())
    }
}
