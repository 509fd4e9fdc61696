//! What is true of the Redis engine only: outages, restarts, several nodes on one store.
//! Behaviours that every engine has stand in the conformance suite.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails; clippy's own allowance covers #[test] functions only"
)]

mod cluster;
mod epochs;
mod fixture;
mod leases;
mod memory;
mod node;
mod nodes;
mod outage;
mod promotion;
mod sentinel;
mod standstill;
mod start;
mod tls;
