//! Every behaviour that the engines' contracts promise, once, run on each engine.
//!
//! A behaviour is an `async fn(&dyn EngineFactory)`, listed in `suite.rs`; what is true of one
//! engine only stands in a module named after it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod agreement;
mod changes;
mod checks;
mod directory;
mod embedded_only;
mod following;
mod history;
mod persistence;
mod presence;
mod records;
mod renaming;
mod repeats;
mod stage;
mod suite;
mod trimming;
mod writes;

use suite::suite;

suite!(embedded, parlor_tests::EmbeddedFactory::new());
// The same where every reopening is a loss of power: what was not synced is gone.
suite!(embedded_without_power, parlor_tests::DiskFactory::new(parlor_tests::Syncs::Honoured));
suite!(redis, parlor_tests::RedisFactory::default());
suite!(redis_cluster, parlor_tests::RedisClusterFactory::default());
