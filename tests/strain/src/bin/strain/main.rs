//! `strain load`, and what belongs to it; `cargo xtask` builds it and passes its words on.

mod engine;
mod load;

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
        Task::Limit(orders) => limit::serve(&orders),
    }
}
