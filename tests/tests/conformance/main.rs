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

mod changes;
mod checks;
mod directory;
mod following;
mod history;
mod persistence;
mod presence;
mod records;
mod repeats;
mod stage;
mod suite;
mod trimming;
mod writes;

use suite::suite;

suite!(embedded, parlor_tests::EmbeddedFactory::new());
suite!(redis, parlor_tests::RedisFactory::default());
suite!(redis_cluster, parlor_tests::RedisClusterFactory::default());
