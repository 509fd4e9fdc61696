//! `strain load`, and what belongs to it; `cargo xtask` builds it and passes its words on.

mod bench;
mod chaos;
mod engine;
mod load;
mod soak;
mod transports;
mod way;

use anyhow::Result;
use clap::{Parser, Subcommand};
use parlor_strain::{load::limit, raise_limits};

/// What a running server bears.
#[derive(Parser)]
#[command(name = "strain")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Many clients at one server, and what each delivery costs it
    Load(load::Load),
    /// Two builds of the server in turn, pair by pair
    Bench(bench::Bench),
    /// One node after the other restarted while everybody talks
    Roll(chaos::Chaos),
    /// People who come and go for a long time
    Soak(soak::Soak),
    /// Talk without pause while everything breaks, and the promise checked in the end
    Chaos(chaos::Chaos),
    /// The same talk over a socket, long and short polls, and what each costs
    Transports(transports::Transports),
    /// The bare server that `load` compares with
    #[command(hide = true)]
    Limit(limit::Orders),
}

fn main() -> Result<()> {
    let task = Arguments::parse().task;
    raise_limits()?;
    if let Task::Limit(orders) = task {
        return limit::serve(&orders);
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(perform(task))
}

async fn perform(task: Task) -> Result<()> {
    match task {
        Task::Load(load) => load.perform().await,
        Task::Bench(bench) => bench.perform().await,
        Task::Roll(chaos) => chaos.roll().await,
        Task::Soak(soak) => soak.perform().await,
        Task::Chaos(chaos) => chaos.perform().await,
        Task::Transports(transports) => transports.perform().await,
        Task::Limit(orders) => limit::serve(&orders),
    }
}
