//! The words of `chaos`, and its report.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use parlor_strain::{
    chaos::{self, Kind, Wish},
    roll,
};

use crate::load::machine_load;

/// Which seeds are to be played, and how.
#[derive(Args)]
pub(crate) struct Chaos {
    /// The first seed; a printed one replays its schedule
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds, one after another
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// Seconds of trouble for each
    #[arg(long, default_value_t = 180)]
    seconds: u64,
    /// Clients
    #[arg(long, default_value_t = 50)]
    clients: usize,
    /// So many of them change their way to the server every few seconds: sockets, long and short polls
    #[arg(long, default_value_t = 5)]
    wanderers: usize,
    /// Nodes; the embedded engine has one
    #[arg(long, default_value_t = 3)]
    nodes: usize,
    /// Where they keep their logs
    #[arg(long, value_enum, default_value = "redis")]
    store: Kind,
    /// Replicas that are to have what is written before it is confirmed
    #[arg(long, default_value_t = 0)]
    redis_wait: u32,
    /// The program to start
    #[arg(long, env = "PARLOR_BIN")]
    server: PathBuf,
}

impl Chaos {
    /// Plays the seeds.
    pub(crate) async fn perform(&self) -> Result<()> {
        let mut failed = Vec::new();
        for wish in self.wishes() {
            let seed = wish.seed;
            match chaos::run(&wish).await {
                Ok(tally) => println!("seed {seed}: holds; {tally:?}; load {}", machine_load()),
                Err(error) => {
                    println!("seed {seed}: BROKEN: {error:#}");
                    failed.push(seed);
                }
            }
        }
        ensure!(failed.is_empty(), "these seeds broke the promise: {failed:?}");
        Ok(())
    }

    /// Rolls once for each seed.
    pub(crate) async fn roll(&self) -> Result<()> {
        for wish in self.wishes() {
            // Who polls now and then is told nothing by a node that stops.
            let wish = Wish { wanderers: 0, ..wish };
            let rolled = roll::run(&wish).await?;
            println!("seed {}: {rolled}; load {}", wish.seed, machine_load());
        }
        Ok(())
    }

    fn wishes(&self) -> impl Iterator<Item = Wish> {
        (self.seed..self.seed + self.seeds).map(|seed| Wish {
            server: self.server.clone(),
            seed,
            seconds: self.seconds,
            clients: self.clients,
            wanderers: self.wanderers,
            nodes: if self.store == Kind::Embedded { 1 } else { self.nodes },
            kind: self.store,
            redis_wait: self.redis_wait,
        })
    }
}
