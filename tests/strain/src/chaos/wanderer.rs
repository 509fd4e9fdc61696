//! A client whose network is another every few seconds: it lets sockets through, or polls alone.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use parlor_tests::{Bridge, Way, simulation::Dice};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// The ways, in the order in which they come round.
const WAYS: [Option<Way>; 4] = [Some(Way::Long), None, Some(Way::Short), None];
/// How long one holds, in milliseconds: at the least and at the most.
const HOLDS_MS: (u64, u64) = (2_000, 8_000);

/// Its network. Dropping it cuts it.
#[derive(Debug)]
pub(super) struct Wanderer {
    bridge: Arc<Bridge>,
    task: JoinHandle<()>,
}

impl Wanderer {
    /// A network to the server at `url` that changes as `seed` says.
    pub(super) async fn begin(url: &str, seed: u64) -> Result<Self> {
        let bridge = Arc::new(Bridge::to(url, Way::Long).await?);
        let (mut dice, changed) = (Dice::new(seed), Arc::clone(&bridge));
        let task = tokio::spawn(async move {
            for way in WAYS.iter().cycle() {
                changed.change(*way);
                let holds = Duration::from_millis(dice.between(HOLDS_MS.0, HOLDS_MS.1));
                sleep_until(Instant::now() + holds).await;
            }
        });
        Ok(Self { bridge, task })
    }

    /// Where its client finds the server.
    pub(super) fn url(&self) -> &str {
        self.bridge.url()
    }

    /// Its network stays as it is now.
    pub(super) fn stays(&self) {
        self.task.abort();
    }
}

impl Drop for Wanderer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
