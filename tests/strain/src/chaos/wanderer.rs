//! A client that takes another way every few seconds.

use std::{sync::Arc, time::Duration};

use parlor_tests::{Way, simulation::Dice};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use super::people::Talker;

/// The ways, in the order in which they come round; with none the client chooses.
const WAYS: [Option<Way>; 4] = [Some(Way::Long), None, Some(Way::Short), Some(Way::Socket)];
/// How long one holds, in milliseconds: at the least and at the most.
const HOLDS_MS: (u64, u64) = (2_000, 8_000);

/// One of them, by its place among the talkers.
#[derive(Debug)]
pub(super) struct Wanderer {
    talkers: Arc<Vec<Talker>>,
    at: usize,
    task: JoinHandle<()>,
}

impl Wanderer {
    /// Lets one of the talkers wander as `seed` says.
    pub(super) fn begin(talkers: &Arc<Vec<Talker>>, at: usize, seed: u64) -> Self {
        let (mut dice, wandering) = (Dice::new(seed), Arc::clone(talkers));
        let task = tokio::spawn(async move {
            let Some(talker) = wandering.get(at) else { return };
            for way in WAYS.iter().cycle() {
                talker.actor.pins(*way);
                let holds = Duration::from_millis(dice.between(HOLDS_MS.0, HOLDS_MS.1));
                sleep_until(Instant::now() + holds).await;
            }
        });
        Self { talkers: Arc::clone(talkers), at, task }
    }

    /// It chooses for itself from now on.
    pub(super) fn stays(&self) {
        self.task.abort();
        if let Some(talker) = self.talkers.get(self.at) {
            talker.actor.pins(None);
        }
    }
}

impl Drop for Wanderer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
