//! `chaos`: people talk without pause while nodes, the store and everything between them breaks, all
//! from one seed; in the end the promise is checked.
//!
//! Real processes, real sockets. `plan` decides what breaks and when, from the seed alone; the
//! checks are the simulation's own ([`parlor_tests::promise`]).

mod door;
mod evidence;
mod link;
mod node;
mod people;
mod plan;
mod resp;
pub(crate) mod scene;
mod stores;
mod wanderer;
mod ways;

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, ensure};
use tokio::time::{Instant, sleep_until, timeout};

pub use people::Gap;
pub use plan::{Act, Plan};
use scene::Scene;
pub use stores::Kind;

/// How long everybody may take to come to rest once nothing breaks any more.
const REST: Duration = Duration::from_secs(120);

/// What is to be played.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The server's program.
    pub server: PathBuf,
    /// Decides what breaks, when and for how long.
    pub seed: u64,
    /// For how long it breaks, in seconds.
    pub seconds: u64,
    /// Clients.
    pub clients: usize,
    /// So many of them change their way to the server every few seconds: sockets, long polls, short polls.
    pub wanderers: usize,
    /// Nodes; one on the embedded engine.
    pub nodes: usize,
    /// Where they keep their logs.
    pub kind: Kind,
    /// Replicas that are to have what is written before it is confirmed.
    pub redis_wait: u32,
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Messages that were said.
    pub said: usize,
    /// Messages that were confirmed to their authors.
    pub confirmed: usize,
    /// Messages that are there.
    pub there: usize,
    /// Links the clients opened.
    pub links: u64,
    /// Times that something broke.
    pub broken: usize,
    /// Times that a client was told that the past is another.
    pub forks: u64,
    /// Messages that the store had confirmed and lost, and their authors said again.
    pub retried: usize,
    /// How long everybody took to come to rest.
    pub rest: Duration,
}

/// Plays one seed to its end and checks the promise.
///
/// # Errors
/// What does not hold.
pub async fn run(wish: &Wish) -> Result<Tally> {
    let plan = Plan::of(wish);
    let mut scene = Scene::open(wish).await?;
    let begun = Instant::now();
    for (at_ms, act) in plan.acts() {
        sleep_until(begun + Duration::from_millis(*at_ms)).await;
        println!("seed {}: {:>7.1} s  {act:?}", wish.seed, *at_ms as f64 / 1e3);
        scene.perform(act).await?;
    }
    sleep_until(begun + Duration::from_secs(wish.seconds)).await;
    scene.heal().await?;
    let calm = Instant::now();
    let evidence = at_rest(&mut scene).await?;
    let mut tally = evidence.judge(&scene)?;
    tally.rest = calm.elapsed();
    tally.broken = plan.acts().len();
    tally.retried = scene.retry_what_was_lost();
    // Once more over new links: what a link still held in memory is gone.
    scene.cut_everybody();
    let evidence = at_rest(&mut scene).await?;
    evidence.judge(&scene)?;
    ensure!(scene.retry_what_was_lost() == 0, "what was said again is not there");
    ensure!(tally.confirmed > 0, "nobody said anything");
    Ok(tally)
}

/// Waits until every client shows what is there, or says what still differs.
pub(crate) async fn at_rest(scene: &mut Scene) -> Result<evidence::Evidence> {
    let resting = timeout(REST, async {
        loop {
            scene.settles().await?;
            let evidence = scene.evidence().await?;
            if evidence.judge(scene).is_ok() {
                return anyhow::Ok(evidence);
            }
            sleep_until(Instant::now() + Duration::from_secs(1)).await;
        }
    });
    if let Ok(evidence) = resting.await {
        return evidence;
    }
    let evidence = scene.evidence().await?;
    // Says what differs.
    evidence.judge(scene)?;
    Ok(evidence)
}
