//! What the client model does, seen from outside: frames and time in, frames and rows out.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail by panicking"
)]

mod bench;
mod catch_up;
mod fork;
mod kept;
mod link;
mod new_line;
mod outbox;
mod properties;
mod reading;
mod rooms;
mod ways;
